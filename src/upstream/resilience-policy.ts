import { BrokenCircuitError } from 'cockatiel'
import { Problem } from '../core/errors.ts'
import type { CallContext } from './call-context.ts'
import { CallerBreakers } from './caller-breakers.ts'
import type { Clock } from './clock.ts'
import { FairQueue, type Waiter } from './fair-queue.ts'
import type { UpstreamLimits } from './limits.ts'
import { RateLimits } from './rate-limits.ts'
import { computeBackoffMs } from './retry.ts'

export interface ResiliencePolicyOptions {
  limits: UpstreamLimits
  clock: Clock
  random: () => number
  /** Whether several callers can use the account. */
  isShared: boolean
  /** Calls are stopped, still have to be stopped, or go on. */
  onBreakerChange?(open: boolean): void
  /** The vendor holds back calls of this rate limit until then. */
  onCooldown?(limit: string, until: number): void
}

type PolicyCall = Pick<CallContext, 'caller' | 'time' | 'signal'>

interface WaitingCall extends Waiter {
  rateLimit: string
  deadline: number
  reject(reason: unknown): void
  /** Gives up after so many ms from now. */
  rejectAfter(ms: number): void
}

/** What stands between an account's calls and its vendor: rate limits, circuit breakers, a queue that callers share. */
export class ResiliencePolicy {
  readonly #options: ResiliencePolicyOptions
  readonly #queue: FairQueue<WaitingCall>
  readonly #breakers: CallerBreakers
  readonly #rateLimits: RateLimits
  /** Ends of rate limits for which waiting calls are woken. */
  readonly #wakeUps = new Set<number>()
  #sleepers = new AbortController()

  constructor(options: ResiliencePolicyOptions) {
    const { limits, clock, isShared, onBreakerChange: onBreaker } = options
    this.#options = options
    this.#queue = new FairQueue({ maxInFlight: limits.inFlight, maxWaiting: limits.queue, isShared })
    this.#breakers = new CallerBreakers(limits, clock, onBreaker)
    this.#rateLimits = new RateLimits(clock)
  }

  /** Sets whether several callers can use the account. */
  setShared(isShared: boolean): void {
    this.#queue.setShared(isShared)
  }

  /** Whether the breakers stop every caller. */
  get isBreakerOpen(): boolean {
    return this.#breakers.isOpen
  }
  get queued(): number {
    return this.#queue.waiting
  }
  get inFlight(): number {
    return this.#queue.inFlight
  }
  get rateLimitedUntil(): number | null {
    return this.#rateLimits.rateLimitedUntil
  }

  /** Whether the breakers stop this caller. */
  isBreakerOpenFor(caller: string): boolean {
    return this.#breakers.findOpenUntil(caller) !== null
  }

  /**
   * Runs `attempt` when it is the caller's turn.
   *
   * @throws OVERLOADED if that takes too long, VENDOR_UNAVAILABLE if a breaker is open, VENDOR_RATE_LIMITED if a rate
   * limit holds the call back past its deadline, and the signal's reason if it aborts during the wait.
   */
  async execute<T>(limit: string, call: PolicyCall, attempt: () => Promise<T>): Promise<T> {
    if (this.isBreakerOpenFor(call.caller)) throw this.#createBreakerOpenProblem(call.caller)
    const entering = this.#enter(limit, call)
    if (entering) await entering
    try {
      if (entering && this.isBreakerOpenFor(call.caller)) throw this.#createBreakerOpenProblem(call.caller)
      return await this.#breakers.execute(call.caller, attempt, isOutage)
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.#createBreakerOpenProblem(call.caller)
      // Before the place is free, so that the next call is held back.
      if (error instanceof Problem) this.#recordRateLimit(limit, error)
      throw error
    } finally {
      this.#queue.leave(call.caller)
    }
  }

  /** Holds calls back until then, in ms since the epoch, at most 25 hours. */
  startCooldown(limit: string, until: number): void {
    const end = this.#rateLimits.startCooldown(limit, until)
    for (const call of this.#queue.listWaiting()) {
      if (call.rateLimit !== limit) continue
      if (call.deadline <= end) call.reject(createRateLimitedProblem(end))
      else this.#delayUntil(call, end)
    }
  }

  /** The time that a rate limit takes does not count as waiting for a place. */
  #delayUntil(call: WaitingCall, until: number): void {
    const { clock, limits } = this.#options
    call.rejectAfter(until - clock.now() + limits.queueWait)
    void this.#wakeAt(until)
  }

  /** Takes a place in flight, or waits for one. */
  #enter(limit: string, { caller, time: { deadline }, signal }: PolicyCall): Promise<void> | undefined {
    const until = this.#rateLimits.findCooldownEnd(limit)
    if (until !== null && until >= deadline) return Promise.reject(createRateLimitedProblem(until))
    if (signal.aborted) return Promise.reject(signal.reason)
    if (until === null && this.#queue.tryEnter(caller)) return undefined
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      let isWaiting = true
      const end = (): void => {
        isWaiting = false
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        this.#queue.cancel(waiter)
        this.#dropWakeUps()
      }
      const giveUp = (reason: unknown): void => {
        end()
        reject(reason)
      }
      const onAbort = (): void => giveUp(signal.reason)
      const waiter: WaitingCall = {
        caller,
        rateLimit: limit,
        deadline,
        isReady: () => this.#rateLimits.findCooldownEnd(limit) === null,
        start: () => {
          end()
          resolve()
        },
        onEvicted: () => giveUp(createQueueFullProblem()),
        reject: giveUp,
        rejectAfter: (ms) => {
          clearTimeout(timer)
          timer = setTimeout(waiter.onEvicted, ms)
        },
      }
      this.#queue.enter(waiter)
      if (!isWaiting) return
      signal.addEventListener('abort', onAbort)
      if (until === null) waiter.rejectAfter(this.#options.limits.queueWait)
      else this.#delayUntil(waiter, until)
    })
  }

  /** Starts waiting calls, in their order, when a rate limit ends. */
  async #wakeAt(until: number): Promise<void> {
    if (this.#wakeUps.has(until)) return
    this.#wakeUps.add(until)
    const { clock } = this.#options
    const { signal } = this.#sleepers
    await clock.sleep(until - clock.now(), signal).catch(() => {})
    if (signal.aborted) return
    this.#wakeUps.delete(until)
    this.#queue.startNext()
    // A timer can fire before the clock shows its time.
    if (clock.now() < until && this.#queue.waiting > 0) await this.#wakeAt(until)
  }

  #dropWakeUps(): void {
    if (this.#wakeUps.size === 0 || this.#queue.waiting > 0) return
    this.#wakeUps.clear()
    this.#sleepers.abort()
    this.#sleepers = new AbortController()
  }

  /** Without a time from the vendor, all wait as long as the rejected call: its turn comes again in the fair order. */
  #recordRateLimit(limit: string, problem: Problem): void {
    if (problem.code !== 'VENDOR_RATE_LIMITED') return
    const { clock, limits, random, onCooldown: onHold } = this.#options
    const until = Math.max(problem.retryAt ?? 0, clock.now() + computeBackoffMs(1, problem, limits, random()))
    this.startCooldown(limit, until)
    onHold?.(limit, until)
  }

  #createBreakerOpenProblem(caller: string): Problem {
    return new Problem('VENDOR_UNAVAILABLE', 'Calls to the vendor have failed, and are paused for a short time.', {
      retryAt: this.#breakers.findOpenUntil(caller) ?? this.#options.clock.now(),
    })
  }
}

const createRateLimitedProblem = (until: number): Problem =>
  new Problem('VENDOR_RATE_LIMITED', "The vendor's rate limit holds calls back.", { retryAt: until })

const createQueueFullProblem = (): Problem =>
  new Problem('OVERLOADED', 'Too many calls are waiting for this vendor. Retry later.')

/** Transport failures, timeouts, 5xx. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  const cutShort = error.code === 'VENDOR_BAD_RESPONSE' && error.readRetry === 'allowed'
  return cutShort || ['VENDOR_TIMEOUT', 'VENDOR_TLS_ERROR', 'VENDOR_UNAVAILABLE'].includes(error.code)
}
