import { Problem, type ProblemDetails } from '../core/errors.ts'
import { raceWithAbort } from './race-with-abort.ts'
import type { Clock } from './clock.ts'
import type { Token } from './auth-scheme.ts'
import { maxCooldownMs } from './rate-limits.ts'
import type { SharedAccount } from './shared-account.ts'

const inspect = Symbol.for('nodejs.util.inspect.custom')

/** An access token in use. Its value is hidden from logs. */
export class AccessToken implements Token {
  readonly #value: string
  readonly expiresAt: number | null
  readonly scopes?: readonly string[]
  /** Counts renewals, so that several calls whose token was rejected cause one renewal. */
  readonly generation: number

  constructor(token: Token, generation: number) {
    this.#value = token.value
    this.expiresAt = token.expiresAt
    if (token.scopes) this.scopes = token.scopes
    this.generation = generation
  }
  get value(): string {
    return this.#value
  }
  toJSON(): string {
    return '[redacted]'
  }
  [inspect](): string {
    return 'AccessToken [redacted]'
  }
}

export interface TokenProviderOptions {
  /** Fetches a token. Must apply a timeout of its own. @throws Problem */
  fetchToken(): Promise<Token>
  clock: Clock
  /** Shared state, if several processes serve the account. */
  shared?: Pick<SharedAccount, 'renewToken'>
  /** Whether a rejected token can be replaced. Default: true. */
  isRenewable?: boolean
  /** How long a failed fetch fails later calls, too, and the interval between background renewals. Default: 3,000. */
  failurePauseMs?: number
  /** Reports a cooldown of the token endpoint. @param until End of the cooldown, in milliseconds since the epoch. */
  onCooldown?(until: number): void
  /** Reports that a fetch ended. @param problem Null if a token was fetched. */
  onFetch?(problem: Problem | null): void
  /** Reports the token that is used from now on, whichever process fetched it. */
  onToken?(token: Token): void
}

interface CurrentToken {
  token: AccessToken
  /** When the background renewal starts, in milliseconds since the epoch. */
  renewAt: number
  /** Whether this process fetched the token after the vendor had rejected the previous one. */
  hasReplacedRejected: boolean
  /** Whether a call with the token has succeeded. */
  isAccepted: boolean
}

/**
 * Caches an account's access token. Fetches it on first use, once for all waiting calls. Renews it in the background
 * before it expires, 2 minutes or a tenth of its lifetime ahead, whichever is less; meanwhile, calls use the old token.
 */
export class TokenProvider {
  readonly #options: TokenProviderOptions
  #current: CurrentToken | null = null
  #generation = 0
  #renewal: Promise<AccessToken> | null = null
  #failure: { problem: Problem; until: number } | null = null
  #rejected: AccessToken | null = null

  constructor(options: TokenProviderOptions) {
    this.#options = options
  }

  /** When the cached token expires, in milliseconds since the epoch. Null if none is cached or if it does not expire. */
  get expiresAt(): number | null {
    return this.#current?.token.expiresAt ?? null
  }

  /** End of a cooldown of the token endpoint during which no token is available. Null if there is none. */
  get rateLimitedUntil(): number | null {
    const now = this.#options.clock.now()
    const { token } = this.#current ?? {}
    const isValid = token !== undefined && (token.expiresAt === null || now < token.expiresAt)
    return isValid ? null : (this.#getRecentFailure(now)?.retryAt ?? null)
  }

  /** Starts a cooldown of the token endpoint that another process reported. @param until In milliseconds since the epoch. */
  startCooldown(until: number): void {
    if (until > (this.#failure?.until ?? 0)) this.#recordFailure(createTokenRateLimitedProblem({ retryAt: until }))
  }

  /** Returns the cached token if it is valid. Starts its background renewal if it expires soon. */
  findValidToken(): AccessToken | null {
    const current = this.#current
    if (!current) return null
    const now = this.#options.clock.now()
    if (current.token.expiresAt !== null && now >= current.token.expiresAt) return null
    if (now >= current.renewAt && !this.#getRecentFailure(now)) this.#renewOnce().catch(() => undefined)
    return current.token
  }

  /**
   * Returns a valid token, and fetches one if none is cached.
   *
   * @param signal Cancels the wait, not the fetch, which other calls wait for.
   * @throws Problem
   */
  async getToken(signal: AbortSignal): Promise<AccessToken> {
    const token = this.findValidToken()
    if (token) return token
    const failure = this.#getRecentFailure(this.#options.clock.now())
    if (failure) throw failure
    return raceWithAbort(this.#renewOnce(), signal, createTokenTimeoutProblem)
  }

  /** Records that a call with the token succeeded. */
  markAccepted(token: AccessToken): void {
    if (this.#current?.token.generation === token.generation) this.#current.isAccepted = true
  }

  /**
   * Records that the vendor rejected a token. The first rejection of a generation causes a renewal. If the vendor rejects
   * the new token, too, before any call with it has succeeded, calls fail for `failurePauseMs`.
   *
   * @returns Whether a retry with a new token can succeed.
   */
  markRejected(token: AccessToken): boolean {
    const current = this.#current
    if (this.#options.isRenewable === false) return false
    if (current?.token.generation !== token.generation) return !this.#getRecentFailure(this.#options.clock.now())
    this.discard(token)
    if (current.hasReplacedRejected && !current.isAccepted) {
      this.#recordFailure(
        new Problem(
          'VENDOR_AUTH_FAILED',
          "The vendor rejected a newly issued access token. Check the account's credentials.",
        ),
      )
      return false
    }
    return true
  }

  /** Discards a token, so that the next call fetches another one. Unlike `markRejected`, it never makes calls fail. */
  discard(token: AccessToken): void {
    if (this.#options.isRenewable === false || this.#current?.token.generation !== token.generation) return
    this.#current = null
    this.#rejected = token
  }

  /** Uses a token that another process fetched. */
  useSharedToken(token: Token): void {
    if (token.value !== this.#current?.token.value) this.#setCurrent(token, false)
  }

  #getRecentFailure(now: number): Problem | null {
    const failure = this.#failure
    return failure && now < failure.until && failure.until <= now + maxCooldownMs ? failure.problem : null
  }

  #recordFailure(problem: Problem): void {
    const until = problem.retryAt ?? this.#options.clock.now() + (this.#options.failurePauseMs ?? 3_000)
    this.#failure = { problem, until }
  }

  #renewOnce(): Promise<AccessToken> {
    this.#renewal ??= this.#renew().finally(() => void (this.#renewal = null))
    return this.#renewal
  }

  async #renew(): Promise<AccessToken> {
    const { shared } = this.#options
    const known = this.#current?.token ?? this.#rejected
    let isFetchedHere = false
    const fetchToken = (): Promise<Token> => {
      isFetchedHere = true
      return this.#fetchAndReport()
    }
    const token = shared
      ? await shared.renewToken(
          known && { value: known.value, expiresAt: known.expiresAt, isRejected: !this.#current },
          fetchToken,
        )
      : await fetchToken()
    return this.#setCurrent(token, isFetchedHere && this.#rejected !== null)
  }

  async #fetchAndReport(): Promise<Token> {
    // Another process can have reported a cooldown while this process waited.
    const failure = this.#getRecentFailure(this.#options.clock.now())
    if (failure && failure.retryAt !== null) throw failure
    try {
      const token = await this.#options.fetchToken()
      this.#options.onFetch?.(null)
      return token
    } catch (error) {
      const problem =
        error instanceof Problem
          ? error
          : new Problem('VENDOR_AUTH_FAILED', 'Could not obtain an access token.', { retryable: true, cause: error })
      this.#recordFailure(problem)
      if (problem.retryAt !== null) this.#options.onCooldown?.(problem.retryAt)
      this.#options.onFetch?.(problem)
      throw problem
    }
  }

  #setCurrent(fetched: Token, replacesRejected: boolean): AccessToken {
    const token = new AccessToken(fetched, ++this.#generation)
    this.#current = {
      token,
      renewAt: this.#computeRenewAt(token),
      hasReplacedRejected: replacesRejected,
      isAccepted: false,
    }
    this.#rejected = null
    this.#failure = null
    this.#options.onToken?.(token)
    return token
  }

  #computeRenewAt({ expiresAt }: AccessToken): number {
    if (expiresAt === null) return Infinity
    return expiresAt - Math.min(120_000, (expiresAt - this.#options.clock.now()) / 10)
  }

  toJSON(): string {
    return '[redacted]'
  }
  [inspect](): string {
    return 'TokenProvider [redacted]'
  }
}

/** Creates the problem for a rate limit of the token endpoint. */
export const createTokenRateLimitedProblem = (details: ProblemDetails): Problem =>
  new Problem(
    'VENDOR_RATE_LIMITED',
    'The rate limit of the vendor\'s token endpoint was exceeded. Retry after the time in "retryAt".',
    details,
  )

/** Creates the problem of a call that was canceled while it waited for an access token. */
export const createTokenTimeoutProblem = (cause: unknown): Problem =>
  new Problem('VENDOR_TIMEOUT', 'The request for an access token timed out.', { cause })
