import { JWKSNoMatchingKey } from 'jose/errors'
import type { CryptoKey, FlattenedJWSInput, JWSHeaderParameters } from 'jose'
import { Problem } from '../../core/errors.ts'
import { createRemoteKeySet, type KeySetLocation } from './key-set-request.ts'

export interface KeySetOptions extends KeySetLocation {
  /** How long fetched keys are used while newer ones cannot be fetched. */
  maxKeyAgeSeconds: number
  /** Called when the key set cannot be fetched after it could, and with null when it can be again. */
  onChange?: (failure: unknown) => void
  /** For one fetch. Default: 3,000. */
  timeoutMs?: number
  /** In milliseconds, never backwards. Default: `performance.now`. */
  now?: () => number
}

/** How long keys are used before they are fetched again in the background. */
const refreshIntervalMs = 600_000
/** The pause after a fetch. Doubled while fetches fail or bring nothing new, so that strangers' tokens cause few of them. */
const minPauseMs = 1_000
const maxPauseMs = 30_000
const defaultTimeoutMs = 3_000
/** Requests that wait for one fetch. Each holds a socket and its headers for up to the timeout. */
const maxWaiting = 256

/**
 * The public keys of an identity provider. A request whose key is known never waits for the key server: newer keys are
 * fetched in the background, and the known ones serve while that fails. Fetches run one at a time, with a pause between them.
 */
export class KeySet {
  readonly #remote: ReturnType<typeof createRemoteKeySet>
  readonly #maxAgeMs: number
  readonly #onChange: (failure: unknown) => void
  readonly #now: () => number
  #fetchedAt = -Infinity
  #nextFetchAt = -Infinity
  #pauseMs = minPauseMs
  /** Of the last fetch; null if it succeeded. */
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
   * Returns the key that a token names, from a newer key set if the known one does not have it.
   *
   * @param validate Runs before a wait for the key server; throws if the token cannot be valid whatever its key.
   * @throws jose's error if there is no such key, or several. AUTHENTICATION_UNAVAILABLE if the key server cannot be asked.
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
      cause: this.#failure ?? new Error('too many requests wait for the key set'),
    })
  }

  /** Starts a fetch unless one is running or the pause after the last one is not over. */
  #refresh(): void {
    if (this.#fetching || this.#now() < this.#nextFetchAt) return
    this.#fetching = this.#fetch().finally(() => {
      this.#fetching = null
    })
  }

  async #fetch(): Promise<void> {
    const known = JSON.stringify(this.#remote.jwks())
    const hadFailed = this.#failure !== null
    try {
      await this.#remote.reload()
      this.#failure = null
      this.#fetchedAt = this.#now()
    } catch (error) {
      this.#failure = error
    }
    const isNew = this.#failure === null && JSON.stringify(this.#remote.jwks()) !== known
    this.#pauseMs = isNew ? minPauseMs : Math.min(this.#pauseMs * 2, maxPauseMs)
    this.#nextFetchAt = this.#now() + this.#pauseMs
    if (hadFailed !== (this.#failure !== null)) this.#onChange(this.#failure)
  }
}
