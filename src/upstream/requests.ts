import { Problem, type Code } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import { validateResponse, parseResponse, type ParseResponseOptions } from './parse-response.ts'
import type { AuthorizedExchange } from './authorized-exchange.ts'
import { ReadLimitProblem, type CallContext } from './call-context.ts'
import type { VendorResponse, VendorClient, ReadOptions, WriteOptions } from './vendor-client.ts'
import type { Clock } from './clock.ts'
import type { CallEvent } from './events.ts'
import { toCallProblem, isVendorHealthError } from './failure.ts'
import type { UpstreamLimits } from './limits.ts'
import { BaseUrl, type RequestPath } from './path.ts'
import type { RequestScheduler } from './request-scheduler.ts'
import { ReplayableStream } from './replayable-stream.ts'
import { isBodyConsumed, createReadRequest, createWriteRequest, type VendorRequest } from './request.ts'
import type { Retries } from './retries.ts'
import { getReadAttempts, getWriteAttempts } from './retry.ts'
import type { RetryQuota } from './retry-quota.ts'
import type { AccessToken, TokenProvider } from './token-provider.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { VendorResponseError } from './vendor-error.ts'

/** A vendor that has not answered for so many ms, when its call is given up, does not do well. */
const minHangMs = 5_000
/** Reading a larger body, in bytes, takes long enough for callers to take turns. */
const largeBodyBytes = 32 * 1024

export interface RequestsOptions {
  account: string
  api: BaseUrl
  limits: UpstreamLimits
  clock: Clock
  parseOptions: ParseResponseOptions
  exchange: AuthorizedExchange
  scheduler: RequestScheduler
  tokens: TokenProvider
  quota: RetryQuota
  retries: Retries
  /** Learns from the `Date` header of a rejected token. */
  onTokenRejected(date: string | undefined): void
  onCall?: ((event: CallEvent) => void) | undefined
}

/** Sends an account's requests: each in its turn, with a token, again where that is safe. */
export class Requests implements VendorClient {
  readonly #options: RequestsOptions
  readonly #mutex = new KeyedMutex()
  /** Attempts so far. */
  count = 0
  /** What the last request met; null once one has succeeded. */
  problem: Problem | null = null
  lastProblem: Problem | null = null

  constructor(options: RequestsOptions) {
    this.#options = options
  }

  read<T>(
    path: RequestPath,
    { query, schema: shape, rateLimit: limit = '', singleUse: once }: ReadOptions<T>,
    call: CallContext,
  ): Promise<T> {
    const { account, api } = this.#options
    const target = api.createTarget(path, query)
    const key = `${account} ${target.path}`
    const known = once ? undefined : call.readCache.get(key)
    if (known) return known as Promise<T>
    if (call.readsLeft <= 0) return Promise.reject(new ReadLimitProblem())
    call.readsLeft--
    const request = createReadRequest(target, limit, once === true)
    const result = this.#send(request, call, once ? getWriteAttempts : getReadAttempts, (answer) =>
      validateResponse(shape, answer),
    )
    if (!once) call.readCache.set(key, result)
    return result
  }

  async write<T = void>(
    method: VendorRequest['method'],
    path: RequestPath,
    write: WriteOptions<T>,
    call: CallContext,
  ): Promise<T> {
    const base = write.baseUrl === undefined ? this.#options.api : new BaseUrl(write.baseUrl)
    const request = createWriteRequest(method, base.createTarget(path, write.query), write, call)
    const hasEffect = write.hasEffect !== false
    if (hasEffect) call.writesStarted++
    try {
      return await this.#send(request, call, getWriteAttempts, (answer) => {
        // Done, whatever may be wrong with the answer's body.
        if (hasEffect) call.writesSucceeded++
        return (write.schema ? validateResponse(write.schema, answer) : undefined) as T
      })
    } catch (error) {
      throw !hasEffect && error instanceof Problem ? error.markWithoutEffect() : error
    } finally {
      // What was read before may not be so any more; a lost answer proves nothing, so also where it failed.
      call.forgetReads()
      if (request.body instanceof ReplayableStream) request.body.close()
    }
  }

  /** Sends a request, and reads its response. @throws Problem */
  async #send<T>(
    request: VendorRequest,
    call: CallContext,
    attemptsFor: typeof getReadAttempts,
    read: (answer: VendorResponse) => T,
  ): Promise<T> {
    try {
      call.signal.throwIfAborted()
      const { lockKey: resource } = request
      const answer = await (resource === undefined
        ? this.#sendWithRetries(request, call, attemptsFor)
        : this.#mutex.runExclusive(resource, call, () => this.#sendWithRetries(request, call, attemptsFor)))
      const result = read(answer)
      this.problem = null
      return result
    } catch (error) {
      const failed = toCallProblem(error, call.signal)
      failed.account = this.#options.account
      if (isVendorHealthError(failed)) this.problem = this.lastProblem = failed
      throw failed
    }
  }

  /** One attempt with one token. */
  async #attempt(
    request: VendorRequest,
    token: AccessToken,
    call: CallContext,
    number: number,
  ): Promise<VendorResponse> {
    call.vendorCalls?.take()
    const { account, clock, exchange, parseOptions: reading, onCall } = this.#options
    const startedAt = clock.now()
    let status: number | null = null
    let code: Code | null = null
    this.count++
    const memory = call.budget?.reserve(call.caller)
    try {
      const answer = await exchange(request, token.value, memory, call.signal)
      status = answer.status
      if (answer.body.length > largeBodyBytes) await takeTurn(call.caller)
      return await parseResponse(answer, request.isText, reading)
    } catch (error) {
      const failed = toCallProblem(error, call.signal, 'unknown')
      status ??= failed.vendorStatus
      code = failed.code
      const isUnanswered =
        code === 'DEADLINE_EXCEEDED' && status === null && !(request.body instanceof ReplayableStream)
      // Known before the retries end: a vendor that hangs keeps them busy for long.
      if (code === 'VENDOR_TIMEOUT' || (isUnanswered && clock.now() - startedAt >= minHangMs)) {
        failed.account = account
        this.problem = this.lastProblem = failed
      }
      throw failed
    } finally {
      memory?.release()
      const ms = clock.now() - startedAt
      const requestId = call.requestId ?? null
      onCall?.({ kind: 'call', method: request.method, status, code, ms, attempt: number, requestId })
    }
  }

  /** The account's token, also after a rate limit of the token endpoint that ends before the call's deadline. */
  async #getToken({ time, signal }: CallContext): Promise<AccessToken> {
    const { tokens: cell, clock, limits } = this.#options
    for (let number = 1; ; number++) {
      try {
        return await cell.getToken(signal)
      } catch (error) {
        const { retryAt } = error instanceof Problem ? error : { retryAt: null }
        if (retryAt === null || retryAt >= time.deadline || number === limits.attempts) throw error
        // A timer can fire before the clock shows its time.
        await clock.sleep(Math.max(0, retryAt - clock.now()) + 1, signal)
      }
    }
  }

  /** All attempts of one request. */
  async #sendWithRetries(
    request: VendorRequest,
    call: CallContext,
    attemptsFor: typeof getReadAttempts,
  ): Promise<VendorResponse> {
    const { tokens: cell, limits, onTokenRejected: onTokenDead, scheduler: places, quota, retries } = this.#options
    let renewed = false
    let paid = 0
    let sent = 0
    for (let number = 1; ;) {
      const token = cell.findValidToken() ?? (await this.#getToken(call))
      try {
        const answer = await places.execute(request, call, () => this.#attempt(request, token, call, ++sent))
        cell.markAccepted(token)
        quota.recordSuccess(call.caller, paid)
        return answer
      } catch (error) {
        const failed = toCallProblem(error, call.signal)
        if (failed instanceof VendorResponseError && failed.isTokenRejected) {
          onTokenDead(failed.date)
          if (!cell.markRejected(token) || renewed || isBodyConsumed(request)) throw failed
          renewed = true
          continue
        }
        const maxAttempts = attemptsFor(failed, limits)
        paid = await retries.wait({ request, call, problem: failed, attempt: number++, maxAttempts })
      }
    }
  }
}
