import { Problem, type Code } from '../errors.ts'
import type { FindProxy } from './proxy/find-proxy.ts'
import { takeTurn } from '../turn.ts'
import type { ConnectionOptions } from '../vendors/definition.ts'
import { shaped, understand, type Reading } from './answer.ts'
import { authorizedExchange } from './authorized.ts'
import { ReadsSpent, type Call } from './call.ts'
import type { Answer, Client, WriteOptions } from './client.ts'
import { systemClock, type Clock } from './clock.ts'
import type { UpstreamEvent } from './events.ts'
import { createTransport } from './exchange.ts'
import { asProblem, concernsVendor } from './failure.ts'
import { Gate } from './gate.ts'
import { upstreamLimits, type UpstreamLimits } from './limits.ts'
import { Base } from './path.ts'
import { redactor } from './redact.ts'
import { isSpent, readRequest, writeRequest, type Request } from './request.ts'
import { Retries } from './retries.ts'
import { readAttempts, writeAttempts } from './retry.ts'
import { RetryQuota } from './retry-quota.ts'
import { tokenFetch } from './token-request.ts'
import type { SharedAccount } from './shared.ts'
import { TokenCell, type HeldToken } from './token.ts'
import { Turns } from './turns.ts'
import { Refusal } from './verdict.ts'

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

/** A vendor that has not answered for so many ms, when its call is given up, does not do well. */
const longSilence = 5_000
/** Reading a larger body, in bytes, takes long enough for callers to take turns. */
const largeBody = 32 * 1024

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
      shared?.hold(limit, until)
    },
  })
  const turns = new Turns()
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
      shared?.hold(tokenLimit, until)
    },
    onFetch: (failed) => options.onEvent?.({ kind: 'token', code: failed?.code ?? null }),
    onToken: ({ value }) => {
      recentTokens.unshift(value)
      recentTokens.splice(4)
    },
  })
  shared?.listen({
    token: (token) => cell.adopt(token),
    hold: (limit, until) => (limit === tokenLimit ? cell.hold(until) : gate.hold(limit, until)),
    processes: (count) => quota.divide(count),
  })
  const reading: Reading = { dialect, limits, clock, redact }
  let calls = 0
  let problem: Problem | null = null
  let lastProblem: Problem | null = null

  /** One attempt with one token. */
  async function attempt(request: Request, token: HeldToken, call: Call, number: number): Promise<Answer> {
    call.vendorCalls?.take()
    const startedAt = clock.now()
    let status: number | null = null
    let code: Code | null = null
    calls++
    const memory = call.budget?.reserve(call.caller)
    try {
      const answer = await exchange(request, token.value, memory, call.signal)
      status = answer.status
      if (answer.body.length > largeBody) await takeTurn(call.caller)
      return await understand(answer, request.text, reading)
    } catch (error) {
      const failed = asProblem(error, call.signal, 'unknown')
      status ??= failed.vendorStatus
      code = failed.code
      const isUnanswered = code === 'DEADLINE_EXCEEDED' && status === null && !request.streamed
      // Known before the retries end: a vendor that hangs keeps them busy for long.
      if (code === 'VENDOR_TIMEOUT' || (isUnanswered && clock.now() - startedAt >= longSilence)) {
        failed.account = account
        problem = lastProblem = failed
      }
      throw failed
    } finally {
      memory?.release()
      const ms = clock.now() - startedAt
      const requestId = call.requestId ?? null
      options.onEvent?.({ kind: 'call', method: request.method, status, code, ms, attempt: number, requestId })
    }
  }

  /** The account's token, also after a rate limit of the token endpoint that ends before the call's deadline. */
  async function getToken({ deadline, signal }: Call): Promise<HeldToken> {
    for (let number = 1; ; number++) {
      try {
        return await cell.get(signal)
      } catch (error) {
        const { retryAt } = error instanceof Problem ? error : { retryAt: null }
        if (retryAt === null || retryAt >= deadline || number === limits.attempts) throw error
        // A timer can fire before the clock shows its time.
        await clock.sleep(Math.max(0, retryAt - clock.now()) + 1, signal)
      }
    }
  }

  /** All attempts of one request. */
  async function perform(request: Request, call: Call, attemptsFor: typeof readAttempts): Promise<Answer> {
    let renewed = false
    let paid = 0
    let sent = 0
    for (let number = 1; ;) {
      const token = cell.findLive() ?? (await getToken(call))
      try {
        const answer = await gate.run(request.limit, call, () => attempt(request, token, call, ++sent))
        cell.accepted(token)
        quota.success(call.caller, paid)
        return answer
      } catch (error) {
        const failed = asProblem(error, call.signal)
        if (failed instanceof Refusal && failed.tokenDead) {
          tokens.learn(failed.date)
          if (!cell.rejected(token) || renewed || isSpent(request)) throw failed
          renewed = true
          continue
        }
        const maxAttempts = attemptsFor(failed, limits)
        paid = await retries.wait({ request, call, problem: failed, number: number++, maxAttempts })
      }
    }
  }

  async function ask<T>(request: Request, call: Call, attemptsFor: typeof readAttempts, read: (answer: Answer) => T) {
    try {
      call.signal.throwIfAborted()
      const { resource } = request
      const answer = await (resource === undefined
        ? perform(request, call, attemptsFor)
        : turns.run(resource, call, () => perform(request, call, attemptsFor)))
      const result = read(answer)
      problem = null
      return result
    } catch (error) {
      const failed = asProblem(error, call.signal)
      failed.account = account
      if (concernsVendor(failed)) problem = lastProblem = failed
      throw failed
    }
  }

  const client: Client = {
    get: (path, { query, shape, limit = '', once = false }, call) => {
      const target = api.createTarget(path, query)
      const key = `${account} ${target.path}`
      const known = once ? undefined : call.reads.get(key)
      if (known) return known as Promise<never>
      if (call.readsLeft <= 0) return Promise.reject(new ReadsSpent())
      call.readsLeft--
      const attemptsFor = once ? writeAttempts : readAttempts
      const result = ask(readRequest(target, limit, once), call, attemptsFor, (answer) => shaped(shape, answer))
      if (!once) call.reads.set(key, result)
      return result
    },
    send: async <T>(
      method: Request['method'],
      path: Parameters<Client['send']>[1],
      write: WriteOptions<T>,
      call: Call,
    ) => {
      const base = write.base === undefined ? api : new Base(write.base)
      const request = writeRequest(method, base.createTarget(path, write.query), write, call)
      const harmless = (error: unknown): never => {
        throw write.effect === false && error instanceof Problem ? error.harmless() : error
      }
      if (write.effect !== false) call.begun++
      // What was read before may not be so any more; a lost answer proves nothing, so also where it failed.
      const result = await ask(request, call, writeAttempts, (answer) => {
        // Done, whatever may be wrong with the answer's body.
        if (write.effect !== false) call.written++
        return write.shape ? shaped(write.shape, answer) : undefined
      })
        .catch(harmless)
        .finally(() => {
          call.reads.clear()
          request.replay?.close()
        })
      return result as T
    },
  }

  return {
    client,
    tokenUrl: grant.tokenUrl ?? null,
    apiUrl: options.apiUrl,
    token: (signal) => cell.get(signal),
    health: () => ({
      calls,
      tokenExpiresAt: cell.expiresAt,
      rateLimitedUntil: cell.heldUntil ?? gate.heldUntil,
      breakerOpen: gate.open,
      problem,
      lastProblem,
      inFlight: gate.inFlight,
      queued: gate.queued,
      retryQuota: quota.left,
    }),
    close: () => transport.close(),
  }
}
