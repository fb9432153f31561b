/** An input with a label. `value` is the initial value. */
export function Field({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <label>
      {label} <input name={name} defaultValue={value} size={12} required />
    </label>
  )
}
