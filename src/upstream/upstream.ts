import type { Problem } from '../core/errors.ts'
import type { FindProxy } from './proxy/find-proxy.ts'
import type { ConnectionOptions } from '../vendors/definition.ts'
import type { Reading } from './answer.ts'
import { authorizedExchange } from './authorized.ts'
import type { Client } from './client.ts'
import { systemClock, type Clock } from './clock.ts'
import { createClient } from './create-client.ts'
import type { UpstreamEvent } from './events.ts'
import { createTransport } from './exchange.ts'
import { Gate } from './gate.ts'
import { upstreamLimits, type UpstreamLimits } from './limits.ts'
import { Base } from './path.ts'
import { Places } from './places.ts'
import { redactor } from './redact.ts'
import { Requests } from './requests.ts'
import { Retries } from './retries.ts'
import { RetryQuota } from './retry-quota.ts'
import { tokenFetch } from './token-request.ts'
import type { SharedAccount } from './shared.ts'
import { TokenCell, type HeldToken } from './token.ts'

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

export interface Upstream {
  client: Client
  /** Null if tokens are created without a request. */
  tokenUrl: string | null
  apiUrl: string
  health(): Health
  /** Sets whether several callers can use the account. */
  setShared(isShared: boolean): void
  /** The account's token, fetched if none is held. Throws Problem. */
  token(signal: AbortSignal): Promise<HeldToken>
  close(): Promise<void>
}

export interface UpstreamOptions extends ConnectionOptions {
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

/** Opens one account's way to its vendor. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { dialect, grant, account, shared } = options
  const limits: UpstreamLimits = { ...upstreamLimits, ...options.limits }
  const clock = options.clock ?? systemClock
  const random = options.random ?? Math.random
  const transport = createTransport({ limits, ca: options.ca, findProxy: options.findProxy })
  const isShared = options.isShared ?? false
  const gate = new Gate({
    limits,
    clock,
    random,
    isShared,
    onBreaker: (open) => options.onEvent?.({ kind: 'breaker', open }),
    onHold: (limit, until) => {
      options.onEvent?.({ kind: 'hold', until })
      shared?.publishCooldown(limit, until)
    },
  })
  const quota = new RetryQuota(limits.retryQuota, isShared)
  const retries = new Retries({ limits, clock, random, gate, quota })
  const recentTokens: string[] = []
  const redact = redactor(() => [...options.secrets, ...recentTokens])
  const api = new Base(options.apiUrl)
  const origins = new Set([api.origin, ...(options.origins ?? []).map((url) => new URL(url).origin)])
  const exchange = authorizedExchange(transport, grant, origins)
  const tokens = tokenFetch({ grant, transport, limits, clock, random, redact })
  const renewable = grant.renewable !== false
  const cell = new TokenCell({
    fetch: tokens.fetch,
    clock,
    renewable,
    ...(shared && renewable ? { shared } : {}),
    onHold: (until) => {
      options.onEvent?.({ kind: 'hold', until })
      shared?.publishCooldown(tokenLimit, until)
    },
    onFetch: (failed) => options.onEvent?.({ kind: 'token', code: failed?.code ?? null }),
    onToken: ({ value }) => {
      recentTokens.unshift(value)
      recentTokens.splice(4)
    },
  })
  shared?.setListener({
    token: (token) => cell.adopt(token),
    hold: (limit, until) => (limit === tokenLimit ? cell.hold(until) : gate.hold(limit, until)),
    processes: (count) => quota.divide(count),
  })
  const reading: Reading = { dialect, limits, clock, redact }
  const places = new Places(account, gate, limits.operationInFlight)
  const onTokenDead = (date: string | undefined): void => void tokens.learn(date)
  const parts = { account, limits, clock, reading, exchange, places, cell, quota, retries, onTokenDead }
  const requests = new Requests({ ...parts, onCall: options.onEvent })

  return {
    client: createClient(account, api, requests),
    tokenUrl: grant.tokenUrl ?? null,
    apiUrl: options.apiUrl,
    token: (signal) => cell.get(signal),
    health: () => ({
      calls: requests.count,
      tokenExpiresAt: cell.expiresAt,
      rateLimitedUntil: cell.heldUntil ?? gate.heldUntil,
      breakerOpen: gate.open,
      problem: requests.problem,
      lastProblem: requests.lastProblem,
      inFlight: gate.inFlight,
      queued: gate.queued,
      retryQuota: quota.left,
    }),
    setShared: (isNowShared) => {
      gate.setShared(isNowShared)
      quota.isShared = isNowShared
    },
    close: () => transport.close(),
  }
}
