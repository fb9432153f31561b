/** Copies an object of a vendor, whose fields are getters of its class. */
export function toPlain(object: object | null): Record<string, unknown> {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object) as object))
    .filter(([, { get }]) => get)
    .map(([name]) => name)
  const copy = { ...object } as Record<string, unknown>
  for (const name of getters) copy[name] = object![name as keyof typeof object]
  return copy
}
