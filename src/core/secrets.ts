/** What cursors are signed with, and operations named with. Processes over one Redis can have several. */
export interface Secrets {
  /** Signs. */
  readonly current: string
  /** Every secret whose signatures are accepted, the current one first. */
  readonly all: readonly string[]
}

/** Returns the only secret of a process. */
export const createFixedSecrets = (secret: string): Secrets => ({ current: secret, all: [secret] })

/** More than processes over one Redis have. */
const maxDerived = 64

/** Returns a function that derives something from each secret once. */
export function cacheBySecret<T>(derive: (secret: string) => T): (secret: string) => T {
  const derived = new Map<string, T>()
  return (secret) => {
    const known = derived.get(secret)
    if (known !== undefined) return known
    const value = derive(secret)
    if (derived.size >= maxDerived) derived.clear()
    derived.set(secret, value)
    return value
  }
}
