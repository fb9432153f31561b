/** Copies an object of a vendor. Its fields are getters of its class and of the base class of the kit. */
export function toPlain<T extends object>(object: T): T {
  const copy = { ...object } as Record<string, unknown>
  for (let from = Object.getPrototypeOf(object); from !== Object.prototype; from = Object.getPrototypeOf(from)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(from)))
      // `item` is protected, because it is the vendor's object with credentials.
      if (get && name !== 'item') copy[name] = object[name as keyof T]
  }
  return copy as T
}
