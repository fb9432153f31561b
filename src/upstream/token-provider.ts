import { Problem, type ProblemDetails } from '../core/errors.ts'
import { raceWithAbort } from './race-with-abort.ts'
import type { Clock } from './clock.ts'
import type { Token } from './auth-scheme.ts'
import { maxCooldownMs } from './rate-limits.ts'
import type { SharedAccount } from './shared-account.ts'

const inspect = Symbol.for('nodejs.util.inspect.custom')

/** A token in use. `generation` counts renewals, so that one rejection costs one renewal however many calls meet it. */
export class AccessToken implements Token {
  readonly #value: string
  readonly expiresAt: number | null
  readonly scopes?: readonly string[]
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
    return 'HeldToken [redacted]'
  }
}

export interface TokenProviderOptions {
  /** Fetches a token; throws Problem. Its own deadline is its affair. */
  fetchToken(): Promise<Token>
  clock: Clock
  /** Where other processes serve the account too. */
  shared?: Pick<SharedAccount, 'renewToken'>
  /** False: a rejected token cannot be replaced. */
  isRenewable?: boolean
  /** How long a failed fetch is shared with those who come after it, and the pause between background tries; ms. */
  failurePauseMs?: number
  /** The token endpoint accepts no request until then, in ms since the epoch. */
  onCooldown?(until: number): void
  /** A token was fetched (null) or could not be. */
  onFetch?(problem: Problem | null): void
  /** A token is in use from now on, whoever fetched it. */
  onToken?(token: Token): void
}

interface CurrentToken {
  token: AccessToken
  renewAt: number
  hasReplacedRejected: boolean
  isAccepted: boolean
}

/**
 * One account's token: fetched on first use, one fetch at a time however many wait, renewed in the background before
 * it ends (by the smaller of 2 minutes and a tenth of its life) while the old one goes on serving.
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

  /** When the token now held runs out; null where there is none or it never does. */
  get expiresAt(): number | null {
    return this.#current?.token.expiresAt ?? null
  }

  /** When the token endpoint can be asked again, if there is no token until then; null if there is no such wait. */
  get rateLimitedUntil(): number | null {
    const now = this.#options.clock.now()
    const { token } = this.#current ?? {}
    const isAlive = token !== undefined && (token.expiresAt === null || now < token.expiresAt)
    return isAlive ? null : (this.#getRecentFailure(now)?.retryAt ?? null)
  }

  /** Another process was told to send the token endpoint nothing until then. */
  startCooldown(until: number): void {
    if (until > (this.#failure?.until ?? 0)) this.#recordFailure(createTokenRateLimitedProblem({ retryAt: until }))
  }

  /** Returns the token if there is a live one. Near its end, the fetch of the next one begins. */
  findValidToken(): AccessToken | null {
    const held = this.#current
    if (!held) return null
    const now = this.#options.clock.now()
    if (held.token.expiresAt !== null && now >= held.token.expiresAt) return null
    if (now >= held.renewAt && !this.#getRecentFailure(now)) this.#renewOnce().catch(() => undefined)
    return held.token
  }

  /** A live token. Throws Problem; a waiter whose signal aborts leaves, the fetch goes on for the others. */
  async getToken(signal: AbortSignal): Promise<AccessToken> {
    const live = this.findValidToken()
    if (live) return live
    const failure = this.#getRecentFailure(this.#options.clock.now())
    if (failure) throw failure
    return raceWithAbort(this.#renewOnce(), signal, createTokenTimeoutProblem)
  }

  /** The vendor took the token. */
  markAccepted(token: AccessToken): void {
    if (this.#current?.token.generation === token.generation) this.#current.isAccepted = true
  }

  /**
   * The vendor called the token dead. The first to say so of a generation makes it be renewed; a renewed one that is
   * refused in its turn, before any call took it, is given up for a while. False where a repeat is pointless.
   */
  markRejected(token: AccessToken): boolean {
    const held = this.#current
    if (this.#options.isRenewable === false) return false
    if (held?.token.generation !== token.generation) return !this.#getRecentFailure(this.#options.clock.now())
    this.#current = null
    this.#rejected = token
    if (held.hasReplacedRejected && !held.isAccepted) {
      this.#recordFailure(new Problem('VENDOR_AUTH_FAILED', 'The vendor refuses every access token, also a fresh one.'))
      return false
    }
    return true
  }

  /** Another process has fetched this one, and uses it. */
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
    let own = false
    const fetchToken = (): Promise<Token> => {
      own = true
      return this.#fetchAndReport()
    }
    const token = shared
      ? await shared.renewToken(
          known && { value: known.value, expiresAt: known.expiresAt, isRejected: !this.#current },
          fetchToken,
        )
      : await fetchToken()
    return this.#setCurrent(token, own && this.#rejected !== null)
  }

  async #fetchAndReport(): Promise<Token> {
    // What another process was told while this one waited for its turn.
    const held = this.#getRecentFailure(this.#options.clock.now())
    if (held && held.retryAt !== null) throw held
    try {
      const token = await this.#options.fetchToken()
      this.#options.onFetch?.(null)
      return token
    } catch (error) {
      const failed =
        error instanceof Problem
          ? error
          : new Problem('VENDOR_AUTH_FAILED', 'No access token could be had.', { retryable: true, cause: error })
      this.#recordFailure(failed)
      if (failed.retryAt !== null) this.#options.onCooldown?.(failed.retryAt)
      this.#options.onFetch?.(failed)
      throw failed
    }
  }

  #setCurrent(fetched: Token, replacesRejected: boolean): AccessToken {
    const token = new AccessToken(fetched, ++this.#generation)
    this.#current = { token, renewAt: this.#computeRenewAt(token), hasReplacedRejected: replacesRejected, isAccepted: false }
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
    return 'TokenCell [redacted]'
  }
}

export const createTokenRateLimitedProblem = (details: ProblemDetails): Problem =>
  new Problem(
    'VENDOR_RATE_LIMITED',
    'The rate limit of the vendor\'s token endpoint was exceeded. Retry after the time in "retryAt".',
    details,
  )

const createTokenTimeoutProblem = (cause: unknown): Problem =>
  new Problem('VENDOR_TIMEOUT', 'No access token could be had in time.', { cause })
