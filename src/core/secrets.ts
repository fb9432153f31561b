import { cacheByText } from './cache-by-text.ts'

/**
 * The secrets from which the keys of cursors and of operations are derived. Processes that share a Redis can have several
 * secrets.
 */
export interface Secrets {
  /** The secret for new signatures. */
  readonly current: string
  /** Every secret whose signatures are accepted, the current secret first. */
  readonly all: readonly string[]
}

/** Returns the secrets of a process that has only one. */
export const createFixedSecrets = (secret: string): Secrets => ({ current: secret, all: [secret] })

/** More than the number of secrets that processes over one Redis have. */
const maxDerived = 64

/** Returns a function that derives a value from a secret and caches it. */
export const cacheBySecret = <T>(derive: (secret: string) => T): ((secret: string) => T) =>
  cacheByText(derive, { maxEntries: maxDerived })
