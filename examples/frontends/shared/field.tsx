/** An input with its label; `value` is what it starts with. */
export function Field({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <label>
      {label} <input name={name} defaultValue={value} size={12} required />
    </label>
  )
}
