import { JWKSNoMatchingKey } from 'jose/errors'
import type { CryptoKey, FlattenedJWSInput, JWSHeaderParameters } from 'jose'
import { Problem } from '../../core/errors.ts'
import { createRemoteKeySet, type KeySetLocation } from './key-set-request.ts'

export interface KeySetOptions extends KeySetLocation {
  /** Maximum age of keys. Old keys are used while new keys cannot be fetched. */
  maxKeyAgeSeconds: number
  /** Called with the error when the key set can no longer be fetched, and with null when it can be fetched again. */
  onChange?: (failure: unknown) => void
  /** Timeout of one fetch. Default: 3,000. */
  timeoutMs?: number
  /** Returns the time of a monotonic clock, in milliseconds. Default: `performance.now`. */
  now?: () => number
}

/** Age from which on keys are fetched again in the background. */
const refreshIntervalMs = 600_000
/**
 * Minimum and maximum pause after a fetch. Doubled after each fetch that fails or returns the same keys, so that tokens
 * with unknown keys cause few fetches.
 */
const minPauseMs = 1_000
const maxPauseMs = 30_000
const defaultTimeoutMs = 3_000
/** Maximum number of requests that wait for a fetch. Each keeps its connection and headers in memory until the timeout. */
const maxWaiting = 256

/**
 * Caches the public keys of an identity provider. A request whose key is cached never waits for the key server: newer
 * keys are fetched in the background, and the cached keys are used while that fails. Fetches run one at a time, with a
 * pause between them.
 */
export class KeySet {
  readonly #remote: ReturnType<typeof createRemoteKeySet>
  readonly #maxAgeMs: number
  readonly #onChange: (failure: unknown) => void
  readonly #now: () => number
  #fetchedAt = -Infinity
  #nextFetchAt = -Infinity
  #pauseMs = minPauseMs
  /** Error of the last fetch. Null if it succeeded, or if there was none. */
  #failure: unknown = null
  #fetching: Promise<void> | null = null
  #waiting = 0

  constructor(options: KeySetOptions) {
    const { maxKeyAgeSeconds, timeoutMs = defaultTimeoutMs } = options
    this.#remote = createRemoteKeySet(options, timeoutMs)
    this.#maxAgeMs = maxKeyAgeSeconds * 1_000
    this.#onChange = options.onChange ?? (() => {})
    this.#now = options.now ?? (() => performance.now())
  }

  /** Whether the last fetch failed. */
  get hasFailed(): boolean {
    return this.#failure !== null
  }

  /**
   * Returns the key that the header of a token names. Fetches the key set if the cached one does not have the key.
   *
   * @param validate Called before a wait for the key server. Throws if the claims of the token are not valid.
   * @throws Error of jose if the key does not exist or is ambiguous. `AUTHENTICATION_UNAVAILABLE` if the key set cannot be
   * fetched.
   */
  async find(header: JWSHeaderParameters, jws: FlattenedJWSInput, validate: () => void): Promise<CryptoKey> {
    const age = this.#now() - this.#fetchedAt
    if (age < this.#maxAgeMs) {
      if (age >= Math.min(refreshIntervalMs, this.#maxAgeMs / 2)) this.#refresh()
      try {
        return await this.#remote(header, jws)
      } catch (error) {
        const isCurrent = this.#failure === null && this.#now() < this.#nextFetchAt
        if (!(error instanceof JWKSNoMatchingKey) || isCurrent) throw error
      }
    }
    validate()
    await this.#waitForFetch()
    return this.#remote(header, jws)
  }

  async #waitForFetch(): Promise<void> {
    this.#refresh()
    if (this.#fetching && this.#waiting < maxWaiting) {
      this.#waiting++
      await this.#fetching
      this.#waiting--
      if (this.#failure === null) return
    }
    throw new Problem('AUTHENTICATION_UNAVAILABLE', 'The keys that verify JWTs are not available. Retry later.', {
      cause: this.#failure ?? new Error('too many requests are waiting for the key set'),
    })
  }

  /** Starts a fetch, unless a fetch is running or the pause after the last fetch has not ended. */
  #refresh(): void {
    if (this.#fetching || this.#now() < this.#nextFetchAt) return
    this.#fetching = this.#fetch().finally(() => {
      this.#fetching = null
    })
  }

  async #fetch(): Promise<void> {
    const previousKeys = JSON.stringify(this.#remote.jwks())
    const hadFailed = this.#failure !== null
    try {
      await this.#remote.reload()
      this.#failure = null
      this.#fetchedAt = this.#now()
    } catch (error) {
      this.#failure = error
    }
    const isNew = this.#failure === null && JSON.stringify(this.#remote.jwks()) !== previousKeys
    this.#pauseMs = isNew ? minPauseMs : Math.min(this.#pauseMs * 2, maxPauseMs)
    this.#nextFetchAt = this.#now() + this.#pauseMs
    if (hadFailed !== (this.#failure !== null)) this.#onChange(this.#failure)
  }
}
