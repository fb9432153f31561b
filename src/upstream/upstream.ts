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
import { BaseUrl } from './path.ts'
import { RequestScheduler } from './request-scheduler.ts'
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
  isBreakerOpen: boolean
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
const tokenRateLimit = 'token endpoint'

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
  readonly #policy: ResiliencePolicy
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
    this.#policy = this.#createPolicy(isShared)
    this.#quota = new RetryQuota(this.#limits.retryQuota, isShared)
    const redact = createRedactor(() => [...options.secrets, ...this.#recentTokens])
    const tokenSource = this.#createTokenFetcher(redact)
    this.#tokens = this.#createTokenProvider(tokenSource.fetch)
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
      rateLimitedUntil: this.#tokens.rateLimitedUntil ?? this.#policy.rateLimitedUntil,
      isBreakerOpen: this.#policy.isBreakerOpen,
      problem: this.#requests.problem,
      lastProblem: this.#requests.lastProblem,
      inFlight: this.#policy.inFlight,
      queued: this.#policy.queued,
      retryQuota: this.#quota.left,
    }
  }

  /** Sets whether several callers can use the account. */
  setShared(isShared: boolean): void {
    this.#policy.setShared(isShared)
    this.#quota.isShared = isShared
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  #createPolicy(isShared: boolean): ResiliencePolicy {
    return new ResiliencePolicy({
      limits: this.#limits,
      clock: this.#clock,
      random: this.#random,
      isShared,
      onBreakerChange: (open) => this.#options.onEvent?.({ kind: 'breaker', open }),
      onCooldown: (limit, until) => this.#reportCooldown(limit, until),
    })
  }

  #createTokenFetcher(redact: (text: string) => string): ReturnType<typeof createTokenFetcher> {
    return createTokenFetcher({
      authScheme: this.#options.authScheme,
      transport: this.#transport,
      limits: this.#limits,
      clock: this.#clock,
      random: this.#random,
      redact,
    })
  }

  #createTokenProvider(fetch: () => Promise<Token>): TokenProvider {
    const { authScheme: grant, onEvent, shared } = this.#options
    const isRenewable = grant.isRenewable !== false
    return new TokenProvider({
      fetchToken: fetch,
      clock: this.#clock,
      isRenewable,
      ...(shared && isRenewable ? { shared } : {}),
      onCooldown: (until) => this.#reportCooldown(tokenRateLimit, until),
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
    const gate = this.#policy
    const quota = this.#quota
    const api = new BaseUrl(this.apiUrl)
    const tokenOrigins = new Set([api.origin, ...origins.map((url) => new URL(url).origin)])
    return new Requests({
      account,
      api,
      limits,
      clock,
      parseOptions: { errorParser: dialect, limits, clock, redact },
      exchange: createAuthorizedExchange(this.#transport, grant, tokenOrigins),
      scheduler: new RequestScheduler(account, gate, limits.operationInFlight),
      tokens: this.#tokens,
      quota,
      retries: new Retries({ limits, clock, random: this.#random, policy: gate, quota }),
      onTokenRejected: (date) => void learn(date),
      onCall: onEvent,
    })
  }

  #listenToOtherProcesses(): void {
    this.#options.shared?.setListener({
      onToken: (token) => this.#tokens.useSharedToken(token),
      onCooldown: (limit, until) =>
        limit === tokenRateLimit ? this.#tokens.startCooldown(until) : this.#policy.startCooldown(limit, until),
      onProcessCount: (count) => this.#quota.setProcessCount(count),
    })
  }

  #reportCooldown(limit: string, until: number): void {
    this.#options.onEvent?.({ kind: 'cooldown', until })
    this.#options.shared?.publishCooldown(limit, until)
  }
}
