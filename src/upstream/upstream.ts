import type { Problem } from '../core/errors.ts'
import type { Health } from './account-state.ts'
import type { FindProxy } from './proxy/find-proxy.ts'
import type { AccountCache } from './account-cache.ts'
import { AuthorizedExchange, createTokenAttacher } from './authorized-exchange.ts'
import type { VendorClient } from './vendor-client.ts'
import { createConnect } from './connect.ts'
import { systemClock, type Clock } from './clock.ts'
import type { UpstreamEvent } from './events.ts'
import { FileOpener } from './file-opener.ts'
import { Transport } from './transport.ts'
import { ResiliencePolicy } from './resilience-policy.ts'
import type { Token } from './auth-scheme.ts'
import { upstreamLimits, type UpstreamLimits } from './limits.ts'
import { BaseUrl } from './path.ts'
import { listTopics, type DataChange } from './read-subject.ts'
import { createRedactor } from './redact.ts'
import { Reads } from './reads.ts'
import { RequestSender } from './request-sender.ts'
import { RetryQuota } from './retry-quota.ts'
import { createTokenFetcher } from './token-request.ts'
import { loadWebSocket } from './undici.ts'
import type { UpstreamSettings } from './settings.ts'
import type { SharedAccount } from './shared-account.ts'
import { SharedCache } from './shared-cache.ts'
import { TokenProvider, type AccessToken } from './token-provider.ts'
import { Writes } from './writes.ts'
import { VendorWebSocket, type WebSocketListener, type WebSocketProtocol } from './web-socket.ts'

export interface UpstreamOptions extends UpstreamSettings {
  account: string
  clock?: Clock
  /** Whether several callers can use the account. Default: false. */
  isShared?: boolean
  /** Shared state, if several processes serve the account. */
  shared?: SharedAccount
  random?: () => number
  /** Default: nothing is cached. */
  cache?: AccountCache | null
  /** Default: no proxy. */
  findProxy?: FindProxy | undefined
  onEvent?: (event: UpstreamEvent) => void
}

/** Name of the token endpoint's rate limit. */
const tokenRateLimit = 'token endpoint'

/** Number of recent access tokens that are redacted in the vendor's texts. */
const maxRecentTokens = 4

/** Client of one account's vendor, with its tokens, limits, and health. Sends no request before the first call. */
export class Upstream {
  readonly client: VendorClient
  /** Null if tokens are created without a request. */
  readonly tokenUrl: string | null
  readonly apiUrl: string
  readonly #options: UpstreamOptions
  readonly #limits: UpstreamLimits
  readonly #clock: Clock
  readonly #recentTokens: string[] = []
  readonly #redact: (text: string) => string
  readonly #transport: Transport
  readonly #policy: ResiliencePolicy
  readonly #quota: RetryQuota
  readonly #tokens: TokenProvider
  readonly #sender: RequestSender
  readonly #reads: Reads

  constructor(options: UpstreamOptions) {
    const { account, apiUrl, ca, findProxy, authScheme, errorParser, origins = [], isShared = false } = options
    const { clock = systemClock, random = Math.random, cache = null, shared, onEvent } = options
    const limits = { ...upstreamLimits, ...options.limits }
    this.#options = options
    this.#limits = limits
    this.#clock = clock
    this.apiUrl = apiUrl
    this.tokenUrl = authScheme.tokenUrl ?? null
    this.#redact = createRedactor(() => [...options.secrets, ...this.#recentTokens])
    this.#transport = new Transport({ limits, ca, findProxy })
    this.#policy = this.#createPolicy(random, isShared)
    this.#quota = new RetryQuota(limits.retryQuota, isShared)
    const common = { account, clock, limits, random, transport: this.#transport, redact: this.#redact }
    const tokenFetcher = createTokenFetcher({ ...common, authScheme })
    this.#tokens = this.#createTokenProvider(tokenFetcher.fetchToken)
    const baseUrl = new BaseUrl(apiUrl)
    const parseOptions = { ...common, errorParser }
    const tokenOrigins = new Set([baseUrl.origin, ...origins.map((url) => new URL(url).origin)])
    this.#sender = new RequestSender({
      ...common,
      parseOptions,
      exchange: new AuthorizedExchange(this.#transport, authScheme, tokenOrigins),
      policy: this.#policy,
      tokens: this.#tokens,
      quota: this.#quota,
      onTokenRejected: tokenFetcher.adjustClockSkew,
      onCall: onEvent,
    })
    const sharedCache =
      cache && shared ? new SharedCache({ cache: cache.cache, accountCache: cache, account: shared }) : null
    this.#reads = new Reads({ account, baseUrl, cache, sharedCache, sender: this.#sender, onRead: onEvent })
    const writes = new Writes({ baseUrl, sender: this.#sender, reads: this.#reads })
    const attachToken = createTokenAttacher(authScheme)
    const files = new FileOpener({
      ...common,
      baseUrl,
      parseOptions,
      attachToken,
      tokens: this.#tokens,
      onCall: onEvent,
    })
    this.client = { read: this.#reads.read, write: writes.write, openFile: files.openFile }
    this.#listenToOtherProcesses()
  }

  /** Returns the account's access token, and fetches one if none is cached. @throws Problem */
  getToken(signal: AbortSignal): Promise<AccessToken> {
    return this.#tokens.getToken(signal)
  }

  /** Discards an access token that the vendor rejected outside of a call, so that the next `getToken` fetches another one. */
  discardToken(token: AccessToken): void {
    this.#tokens.discard(token)
  }

  /**
   * Opens a WebSocket to the vendor, and keeps it until it is lost or the signal aborts. Never rejects.
   *
   * @returns Why the connection ended.
   */
  async runWebSocket<Message>(
    protocol: WebSocketProtocol<Message>,
    token: AccessToken,
    listener: WebSocketListener<Message>,
    signal: AbortSignal,
  ): Promise<Problem> {
    const { account, ca, findProxy, onEvent } = this.#options
    const limits = this.#limits
    const { connectTimeout, answerHeaderBytes: maxHeaderSize } = limits
    const connect = createConnect({ connectTimeout, maxHeaderSize, ca, findProxy })
    const WebSocket = await loadWebSocket()
    const options = { WebSocket, limits, clock: this.#clock, connect, redact: this.#redact, onEvent }
    const problem = await new VendorWebSocket(protocol, token.value, listener, options).waitForEnd(signal)
    problem.account = account
    if (!signal.aborted) onEvent?.({ kind: 'socket', code: problem.code })
    return problem
  }

  /**
   * Removes what is cached of data whose change all processes learn of. Later reads of this process use nothing older. Reads that
   * are in flight are neither cached nor joined.
   */
  forgetChanged(change: DataChange): void {
    const topics = listTopics(change)
    const { shared, cache } = this.#options
    this.#reads.forgetTopics(topics)
    if (shared && cache?.isShared) void shared.publishOutdated(topics, cache.sharedLifetimeMs)
  }

  /** Removes what all processes have cached of the changed data. Never rejects. */
  async invalidate(change: DataChange): Promise<void> {
    const topics = listTopics(change)
    const { shared, cache } = this.#options
    this.#reads.forgetTopics(topics)
    await shared?.publishOutdated(topics, cache?.sharedLifetimeMs ?? 0)
  }

  getHealth(): Health {
    return {
      calls: this.#sender.count,
      tokenExpiresAt: this.#tokens.expiresAt,
      rateLimitedUntil: this.#tokens.rateLimitedUntil ?? this.#policy.rateLimitedUntil,
      isBreakerOpen: this.#policy.isBreakerOpen,
      problem: this.#sender.problem,
      lastProblem: this.#sender.lastProblem,
      inFlight: this.#policy.inFlight,
      queued: this.#policy.queued,
      retryQuota: this.#quota.left,
    }
  }

  /** Limits of the calls to this account's vendor. */
  get limits(): Readonly<UpstreamLimits> {
    return this.#limits
  }

  /** Sets whether several callers can use the account. */
  setShared(isShared: boolean): void {
    this.#policy.setShared(isShared)
    this.#quota.isShared = isShared
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  #createPolicy(random: () => number, isShared: boolean): ResiliencePolicy {
    return new ResiliencePolicy({
      limits: this.#limits,
      clock: this.#clock,
      random,
      isShared,
      onBreakerChange: (open) => this.#options.onEvent?.({ kind: 'breaker', open }),
      onCooldown: (rateLimit, until) => this.#reportCooldown(rateLimit, until),
    })
  }

  #createTokenProvider(fetchToken: () => Promise<Token>): TokenProvider {
    const { authScheme, onEvent, shared } = this.#options
    const isRenewable = authScheme.isRenewable !== false
    return new TokenProvider({
      fetchToken,
      clock: this.#clock,
      isRenewable,
      ...(shared && isRenewable ? { shared } : {}),
      onCooldown: (until) => this.#reportCooldown(tokenRateLimit, until),
      onFetch: (problem) => onEvent?.({ kind: 'token', code: problem?.code ?? null }),
      onToken: ({ value }) => {
        this.#recentTokens.unshift(value)
        this.#recentTokens.splice(maxRecentTokens)
      },
    })
  }

  #listenToOtherProcesses(): void {
    this.#options.shared?.setListener({
      onToken: (token) => this.#tokens.useSharedToken(token),
      onCooldown: (rateLimit, until) =>
        rateLimit === tokenRateLimit ? this.#tokens.startCooldown(until) : this.#policy.startCooldown(rateLimit, until),
      onOutdated: (topics) => this.#reads.forgetTopics(topics),
      onProcessCount: (count) => this.#quota.setProcessCount(count),
    })
  }

  #reportCooldown(rateLimit: string, until: number): void {
    this.#options.onEvent?.({ kind: 'cooldown', until })
    this.#options.shared?.publishCooldown(rateLimit, until)
  }
}
