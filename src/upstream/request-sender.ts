import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import type { AuthorizedExchange } from './authorized-exchange.ts'
import type { SendContext } from './call-context.ts'
import type { Clock } from './clock.ts'
import type { CallEvent } from './events.ts'
import { toCallProblem, isVendorHealthError } from './failure.ts'
import type { UpstreamLimits } from './limits.ts'
import { parseResponse, type ParseResponseOptions } from './parse-response.ts'
import { ReadSlots } from './read-slots.ts'
import { ReplayableStream } from './replayable-stream.ts'
import { isBodyConsumed, type VendorRequest } from './request.ts'
import type { ResiliencePolicy } from './resilience-policy.ts'
import { computeBackoffMs, getReadAttempts, getWriteAttempts } from './retry.ts'
import type { RetryQuota } from './retry-quota.ts'
import type { AccessToken, TokenProvider } from './token-provider.ts'
import type { ReceivedResponse } from './vendor-client.ts'
import { VendorResponseError } from './vendor-error.ts'

/** A call that is canceled after the vendor has not responded for this time, in milliseconds, counts as a vendor error. */
const minHangMs = 5_000
/** A larger body, in bytes, takes so long to parse that callers must take turns. */
const largeBodyBytes = 32 * 1024

export interface RequestSenderOptions {
  account: string
  limits: UpstreamLimits
  clock: Clock
  random: () => number
  parseOptions: ParseResponseOptions
  exchange: AuthorizedExchange
  policy: ResiliencePolicy
  tokens: TokenProvider
  quota: RetryQuota
  /** Reports that the vendor rejected a token. @param date `Date` header of the response. */
  onTokenRejected(date: string | undefined): void
  onCall?: ((event: CallEvent) => void) | undefined
}

/** Sends an account's requests: waits for a slot, attaches the token, and retries if that is safe. Knows the account's health. */
export class RequestSender {
  readonly #options: RequestSenderOptions
  /** Number of attempts of all requests. */
  count = 0
  /** Vendor error of the most recent request. Null if it succeeded. */
  problem: Problem | null = null
  /** Most recent vendor error, even if later requests succeeded. */
  lastProblem: Problem | null = null

  constructor(options: RequestSenderOptions) {
    this.#options = options
  }

  /**
   * Sends all attempts of one request.
   *
   * @throws Problem, or the reason of the signal. `toProblem` converts both.
   */
  async send(request: VendorRequest, call: SendContext): Promise<ReceivedResponse> {
    call.signal.throwIfAborted()
    const { tokens, limits, quota, policy, onTokenRejected } = this.#options
    const slots = request.singleUse ? undefined : this.#getSlots(request.rateLimit, call)
    let isRenewed = false
    let paid = 0
    let started = 0
    for (let attempt = 1; ;) {
      const token = tokens.findValidToken() ?? (await this.#waitForToken(call))
      try {
        const start = (): Promise<ReceivedResponse> => this.#attempt(request, call, token, ++started)
        const response = await policy.execute(request.rateLimit, call, start, slots)
        tokens.markAccepted(token)
        quota.recordSuccess(call.caller, paid)
        return response
      } catch (error) {
        const problem = toCallProblem(error, call.signal)
        if (problem instanceof VendorResponseError && problem.isTokenRejected) {
          onTokenRejected(problem.date)
          if (!tokens.markRejected(token) || isRenewed || isBodyConsumed(request)) throw problem
          isRenewed = true
          continue
        }
        const maxAttempts = (request.singleUse ? getWriteAttempts : getReadAttempts)(problem, limits)
        if (isBodyConsumed(request) || attempt >= maxAttempts) throw problem
        paid = await this.#waitForRetry(problem, call, attempt++)
      }
    }
  }

  /** Records that a response could be read. */
  recordSuccess(): void {
    this.problem = null
  }

  /** Converts the error of a request to a problem of the account, and records it. */
  toProblem(error: unknown, signal: AbortSignal): Problem {
    const problem = toCallProblem(error, signal)
    problem.account = this.#options.account
    if (isVendorHealthError(problem)) this.problem = this.lastProblem = problem
    return problem
  }

  /** Returns the slots of the operation's reads that count against one rate limit of the account. */
  #getSlots(rateLimit: string, { slots }: SendContext): ReadSlots {
    const { account, limits } = this.#options
    const key = `${account} ${rateLimit}`
    const existing = slots.get(key)
    if (existing) return existing
    const created = new ReadSlots(limits.operationInFlight)
    slots.set(key, created)
    return created
  }

  async #waitForToken(call: SendContext): Promise<AccessToken> {
    call.onTokenWait?.(true)
    try {
      return await this.#getToken(call)
    } finally {
      call.onTokenWait?.(false)
    }
  }

  /** Returns the account's token. Waits for a cooldown of the token endpoint if it ends before the call's deadline. */
  async #getToken({ time, signal }: SendContext): Promise<AccessToken> {
    const { tokens, clock, limits } = this.#options
    for (let attempt = 1; ; attempt++) {
      try {
        return await tokens.getToken(signal)
      } catch (error) {
        const { retryAt } = error instanceof Problem ? error : { retryAt: null }
        if (retryAt === null || retryAt >= time.deadline || attempt === limits.attempts) throw error
        // A timer can fire before the clock shows its time.
        await clock.sleep(Math.max(0, retryAt - clock.now()) + 1, signal)
      }
    }
  }

  /** Sends one attempt with one token. @param attempt Counts from 1. */
  async #attempt(
    request: VendorRequest,
    call: SendContext,
    token: AccessToken,
    attempt: number,
  ): Promise<ReceivedResponse> {
    call.vendorCalls?.take()
    call.onSend?.()
    const { account, clock, exchange, parseOptions, onCall } = this.#options
    const startedAt = clock.now()
    let status: number | null = null
    let code: Code | null = null
    this.count++
    const memory = call.budget?.reserve(call.caller)
    try {
      const response = await exchange.send(request, token.value, memory, call.signal)
      status = response.status
      if (response.body.length > largeBodyBytes) await takeTurn(call.caller)
      const parsed = parseResponse(response, request.isText, parseOptions)
      return parsed instanceof Promise ? await parsed : parsed
    } catch (error) {
      const problem = toCallProblem(error, call.signal, 'unknown')
      status ??= problem.vendorStatus
      code = problem.code
      const isHanging = code === 'DEADLINE_EXCEEDED' && status === null && !(request.body instanceof ReplayableStream)
      // The account's health must show the problem before the retries end, which takes long if the vendor hangs.
      if (code === 'VENDOR_TIMEOUT' || (isHanging && clock.now() - startedAt >= minHangMs)) {
        problem.account = account
        this.problem = this.lastProblem = problem
      }
      throw problem
    } finally {
      memory?.release()
      const ms = clock.now() - startedAt
      const requestId = call.requestId ?? null
      onCall?.({ kind: 'call', method: request.method, status, code, ms, attempt, requestId })
    }
  }

  /**
   * Waits before the next attempt, and returns the tokens that it took from the retry quota.
   *
   * @param attempt Number of the failed attempt, from 1. Attempts whose token was rejected do not count.
   * @throws The problem of the attempt, if the request is not retried.
   */
  async #waitForRetry(problem: Problem, call: SendContext, attempt: number): Promise<number> {
    const { limits, clock, random, policy, quota } = this.#options
    const { caller, time, signal } = call
    if (policy.isBreakerOpenFor(caller)) return rejectForCaller(problem, call)
    const isRateLimited = problem.code === 'VENDOR_RATE_LIMITED'
    const pauseMs = Math.max(computeBackoffMs(attempt, problem, limits, random()), (problem.retryAt ?? 0) - clock.now())
    const attemptMs = isRateLimited ? 0 : limits.attemptTimeout
    if (clock.now() + pauseMs + attemptMs > time.deadline) throw problem
    const cost = isRateLimited ? limits.throttledRetryCost : limits.retryCost
    if (!quota.trySpend(caller, cost)) return rejectForCaller(problem, call)
    // The resilience policy makes the call wait for the cooldown. A wait here would let later calls overtake it.
    if (isRateLimited && (attempt === 1 || problem.retryAt !== null)) return cost
    await clock.sleep(pauseMs, signal)
    return cost
  }
}

/** @throws The problem, for which another caller's request would be retried. */
function rejectForCaller(problem: Problem, call: SendContext): never {
  call.onCallerLimit?.()
  throw problem
}
