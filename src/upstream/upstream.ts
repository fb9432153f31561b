import type { Problem } from '../core/errors.ts'
import type { FindProxy } from './proxy/find-proxy.ts'
import { createAuthorizedExchange } from './authorized-exchange.ts'
import type { VendorClient } from './vendor-client.ts'
import { systemClock, type Clock } from './clock.ts'
import type { UpstreamEvent } from './events.ts'
import { Transport } from './transport.ts'
import { ResiliencePolicy } from './resilience-policy.ts'
import type { Token } from './auth-scheme.ts'
import { upstreamLimits, type UpstreamLimits } from './limits.ts'
import { Base } from './path.ts'
import { Places } from './places.ts'
import { createRedactor } from './redact.ts'
import { Requests } from './requests.ts'
import { Retries } from './retries.ts'
import { RetryQuota } from './retry-quota.ts'
import { createTokenFetcher } from './token-request.ts'
import type { UpstreamSettings } from './settings.ts'
import type { SharedAccount } from './shared-account.ts'
import { TokenProvider, type AccessToken } from './token-provider.ts'

export interface Health {
  calls: number
  /** Times in ms since the epoch. */
  tokenExpiresAt: number | null
  rateLimitedUntil: number | null
  breakerOpen: boolean
  /** What the last call met; null once one has succeeded. */
  problem: Problem | null
  lastProblem: Problem | null
  inFlight: number
  queued: number
  retryQuota: number
}

export interface UpstreamOptions extends UpstreamSettings {
  account: string
  clock?: Clock
  /** Whether several callers can use the account. Default: no. */
  isShared?: boolean
  /** Where other processes serve the account too. */
  shared?: SharedAccount
  random?: () => number
  /** Default: no proxy. */
  findProxy?: FindProxy | undefined
  onEvent?: (event: UpstreamEvent) => void
}

/** Name, among those of the vendor's rate limits, of the one of its token endpoint. */
const tokenLimit = 'token endpoint'

/** Access tokens that were fetched last, so that they are taken out of what the vendor says. */
const maxRecentTokens = 4

/** One account's connection to its vendor. No request is sent before the first call. */
export class Upstream {
  readonly client: VendorClient
  /** Null if tokens are created without a request. */
  readonly tokenUrl: string | null
  readonly apiUrl: string
  readonly #options: UpstreamOptions
  readonly #limits: UpstreamLimits
  readonly #clock: Clock
  readonly #random: () => number
  readonly #recentTokens: string[] = []
  readonly #transport: Transport
  readonly #gate: ResiliencePolicy
  readonly #quota: RetryQuota
  readonly #tokens: TokenProvider
  readonly #requests: Requests

  constructor(options: UpstreamOptions) {
    const { apiUrl, ca, findProxy, authScheme: grant, isShared = false } = options
    this.#options = options
    this.#limits = { ...upstreamLimits, ...options.limits }
    this.#clock = options.clock ?? systemClock
    this.#random = options.random ?? Math.random
    this.apiUrl = apiUrl
    this.tokenUrl = grant.tokenUrl ?? null
    this.#transport = new Transport({ limits: this.#limits, ca, findProxy })
    this.#gate = this.#createGate(isShared)
    this.#quota = new RetryQuota(this.#limits.retryQuota, isShared)
    const redact = createRedactor(() => [...options.secrets, ...this.#recentTokens])
    const tokenSource = this.#createTokenSource(redact)
    this.#tokens = this.#createTokenCell(tokenSource.fetch)
    this.#requests = this.#createRequests(redact, tokenSource.learn)
    this.client = this.#requests
    this.#listenToOtherProcesses()
  }

  /** Returns the account's token, which is fetched if none is held. @throws Problem */
  getToken(signal: AbortSignal): Promise<AccessToken> {
    return this.#tokens.getToken(signal)
  }

  getHealth(): Health {
    return {
      calls: this.#requests.count,
      tokenExpiresAt: this.#tokens.expiresAt,
      rateLimitedUntil: this.#tokens.heldUntil ?? this.#gate.rateLimitedUntil,
      breakerOpen: this.#gate.isBreakerOpen,
      problem: this.#requests.problem,
      lastProblem: this.#requests.lastProblem,
      inFlight: this.#gate.inFlight,
      queued: this.#gate.queued,
      retryQuota: this.#quota.left,
    }
  }

  /** Sets whether several callers can use the account. */
  setShared(isShared: boolean): void {
    this.#gate.setShared(isShared)
    this.#quota.isShared = isShared
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  #createGate(isShared: boolean): ResiliencePolicy {
    return new ResiliencePolicy({
      limits: this.#limits,
      clock: this.#clock,
      random: this.#random,
      isShared,
      onBreaker: (open) => this.#options.onEvent?.({ kind: 'breaker', open }),
      onHold: (limit, until) => this.#reportHold(limit, until),
    })
  }

  #createTokenSource(redact: (text: string) => string): ReturnType<typeof createTokenFetcher> {
    return createTokenFetcher({
      grant: this.#options.authScheme,
      transport: this.#transport,
      limits: this.#limits,
      clock: this.#clock,
      random: this.#random,
      redact,
    })
  }

  #createTokenCell(fetch: () => Promise<Token>): TokenProvider {
    const { authScheme: grant, onEvent, shared } = this.#options
    const isRenewable = grant.isRenewable !== false
    return new TokenProvider({
      fetchToken: fetch,
      clock: this.#clock,
      isRenewable,
      ...(shared && isRenewable ? { shared } : {}),
      onHold: (until) => this.#reportHold(tokenLimit, until),
      onFetch: (failed) => onEvent?.({ kind: 'token', code: failed?.code ?? null }),
      onToken: ({ value }) => {
        this.#recentTokens.unshift(value)
        this.#recentTokens.splice(maxRecentTokens)
      },
    })
  }

  #createRequests(redact: (text: string) => string, learn: (date: string | undefined) => boolean): Requests {
    const { account, errorParser: dialect, authScheme: grant, onEvent, origins = [] } = this.#options
    const limits = this.#limits
    const clock = this.#clock
    const gate = this.#gate
    const quota = this.#quota
    const api = new Base(this.apiUrl)
    const tokenOrigins = new Set([api.origin, ...origins.map((url) => new URL(url).origin)])
    return new Requests({
      account,
      api,
      limits,
      clock,
      reading: { dialect, limits, clock, redact },
      exchange: createAuthorizedExchange(this.#transport, grant, tokenOrigins),
      places: new Places(account, gate, limits.operationInFlight),
      cell: this.#tokens,
      quota,
      retries: new Retries({ limits, clock, random: this.#random, gate, quota }),
      onTokenDead: (date) => void learn(date),
      onCall: onEvent,
    })
  }

  #listenToOtherProcesses(): void {
    this.#options.shared?.setListener({
      onToken: (token) => this.#tokens.useSharedToken(token),
      onCooldown: (limit, until) =>
        limit === tokenLimit ? this.#tokens.setCurrent(until) : this.#gate.startCooldown(limit, until),
      onProcessCount: (count) => this.#quota.setProcessCount(count),
    })
  }

  #reportHold(limit: string, until: number): void {
    this.#options.onEvent?.({ kind: 'hold', until })
    this.#options.shared?.publishCooldown(limit, until)
  }
}
