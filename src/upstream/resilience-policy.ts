import { BrokenCircuitError } from 'cockatiel'
import { Problem } from '../core/errors.ts'
import type { SendContext } from './call-context.ts'
import { CallerBreakers } from './caller-breakers.ts'
import type { Clock } from './clock.ts'
import { FairQueue, type Waiter } from './fair-queue.ts'
import type { UpstreamLimits } from './limits.ts'
import { RateLimits } from './rate-limits.ts'
import type { ReadSlots } from './read-slots.ts'
import { computeBackoffMs } from './retry.ts'

export interface ResiliencePolicyOptions {
  limits: UpstreamLimits
  clock: Clock
  random: () => number
  /** Whether several callers can use the account. */
  isShared: boolean
  /** Reports that calls of every active caller are stopped (true), are still stopped after a probe (true), or continue. */
  onBreakerChange?(open: boolean): void
  /**
   * Reports that a vendor response started or extended a rate-limit cooldown. Not called for `startCooldown`.
   *
   * @param until End of the cooldown, in milliseconds since the epoch.
   */
  onCooldown?(rateLimit: string, until: number): void
}

type PolicyCall = Pick<SendContext, 'caller' | 'time' | 'signal' | 'onQueue' | 'onCallerLimit'>

interface WaitingCall extends Waiter {
  rateLimit: string
  time: SendContext['time']
  reject(reason: unknown): void
  /** Rejects the call if it has not started after `ms` milliseconds, which can be negative. */
  rejectAfter(ms: number): void
}

/**
 * Protects a vendor from one account's calls, and the account's callers from a failing vendor and from each other. Combines
 * a cooldown for each rate limit, circuit breakers, and in-flight slots with a fair queue.
 *
 * Does not retry: callers decide that from the error.
 */
export class ResiliencePolicy {
  readonly #options: ResiliencePolicyOptions
  readonly #queue: FairQueue<WaitingCall>
  readonly #breakers: CallerBreakers
  readonly #rateLimits: RateLimits
  /** Ends of cooldowns after which waiting calls are started. */
  readonly #wakeUps = new Set<number>()
  #sleepers = new AbortController()

  constructor(options: ResiliencePolicyOptions) {
    const { limits, clock, isShared, onBreakerChange } = options
    this.#options = options
    this.#queue = new FairQueue({ maxInFlight: limits.inFlight, maxWaiting: limits.queue, isShared })
    this.#breakers = new CallerBreakers(limits, clock, onBreakerChange)
    this.#rateLimits = new RateLimits(clock)
  }

  /** Sets whether several callers can use the account. */
  setShared(isShared: boolean): void {
    this.#queue.setShared(isShared)
  }

  /** Whether the calls of every active caller fail without being sent. */
  get isBreakerOpen(): boolean {
    return this.#breakers.isOpen
  }
  /** Number of calls that wait for an in-flight slot or for the end of a cooldown. */
  get queued(): number {
    return this.#queue.waiting
  }
  /** Number of calls that hold an in-flight slot. */
  get inFlight(): number {
    return this.#queue.inFlight
  }
  /** When the last cooldown of any rate limit ends, in milliseconds since the epoch. Null if none is in effect. */
  get rateLimitedUntil(): number | null {
    return this.#rateLimits.rateLimitedUntil
  }

  /** Whether the calls of this caller fail without being sent. */
  isBreakerOpenFor(caller: string): boolean {
    return this.#breakers.findOpenUntil(caller) !== null
  }

  /**
   * Runs one attempt as soon as a slot of its operation, and then an in-flight slot, is free for the caller. Returns its result.
   *
   * @param rateLimit Name of the vendor's rate limit that the attempt counts against.
   * @param slots Slots of the operation. Omitted for writes, and for reads that are sent like writes.
   * @throws `OVERLOADED` if the queue is full, or if no slot becomes free within `queueWait`.
   * @throws `VENDOR_UNAVAILABLE` if a circuit breaker is open. `retryAt` is the time of the next probe.
   * @throws `VENDOR_RATE_LIMITED` if a cooldown of the rate limit ends at or after the call's deadline.
   * @throws The signal's reason, if it aborts during the wait.
   * @throws The error of the attempt.
   */
  async execute<T>(rateLimit: string, call: PolicyCall, attempt: () => Promise<T>, slots?: ReadSlots): Promise<T> {
    const entering = slots?.enter(call.signal)
    if (entering) await entering
    call.onQueue?.()
    let isInFlight = false
    let hasStarted = false
    const start = (): Promise<T> => {
      hasStarted = true
      slots?.start()
      return attempt()
    }
    try {
      if (this.isBreakerOpenFor(call.caller)) throw this.#createBreakerOpenProblem(call)
      const waiting = this.#enter(rateLimit, call)
      if (waiting) await waiting
      isInFlight = true
      if (waiting) call.signal.throwIfAborted()
      if (waiting && this.isBreakerOpenFor(call.caller)) throw this.#createBreakerOpenProblem(call)
      return await this.#breakers.execute(call.caller, start, isOutage)
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.#createBreakerOpenProblem(call)
      // The cooldown must start before the slot is released, so that the next queued call sees it.
      if (isInFlight && error instanceof Problem) this.#recordRateLimit(rateLimit, error)
      throw error
    } finally {
      if (isInFlight) this.#queue.leave(call.caller)
      slots?.leave(hasStarted)
    }
  }

  /**
   * Pauses calls that count against a rate limit, for at most 25 hours. Extends a cooldown that is in effect, but never
   * shortens it.
   *
   * @param until End of the cooldown, in milliseconds since the epoch.
   */
  startCooldown(rateLimit: string, until: number): void {
    const end = this.#rateLimits.startCooldown(rateLimit, until)
    for (const call of this.#queue.listWaiting()) {
      if (call.rateLimit !== rateLimit) continue
      if (call.time.deadline <= end) call.reject(createRateLimitedProblem(end))
      else this.#delayUntil(call, end)
    }
  }

  /** Lets a call wait for the end of a cooldown. The cooldown does not count against `queueWait`. */
  #delayUntil(call: WaitingCall, until: number): void {
    const { clock, limits } = this.#options
    call.rejectAfter(until - clock.now() + limits.queueWait)
    void this.#wakeAt(until)
  }

  /** Takes an in-flight slot, or waits for one. Returns undefined if a slot was free. */
  #enter(rateLimit: string, { caller, time, signal }: PolicyCall): Promise<void> | undefined {
    const until = this.#rateLimits.findCooldownEnd(rateLimit)
    if (until !== null && until >= time.deadline) return Promise.reject(createRateLimitedProblem(until))
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
      const cancel = (reason: unknown): void => {
        end()
        reject(reason)
      }
      const onAbort = (): void => cancel(signal.reason)
      const waiter: WaitingCall = {
        caller,
        rateLimit,
        time,
        isReady: () => this.#rateLimits.findCooldownEnd(rateLimit) === null,
        start: () => {
          end()
          resolve()
        },
        onEvicted: () => cancel(createQueueFullProblem()),
        reject: cancel,
        rejectAfter: (ms) => {
          clearTimeout(timer)
          timer = setTimeout(waiter.onEvicted, Math.max(0, ms))
        },
      }
      this.#queue.enter(waiter)
      if (!isWaiting) return
      signal.addEventListener('abort', onAbort)
      if (until === null) waiter.rejectAfter(this.#options.limits.queueWait)
      else this.#delayUntil(waiter, until)
    })
  }

  /** Starts waiting calls, in their order, when a cooldown ends. */
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

  /** If the vendor names no time, the cooldown is as long as the backoff of the rejected call. */
  #recordRateLimit(rateLimit: string, problem: Problem): void {
    if (problem.code !== 'VENDOR_RATE_LIMITED') return
    const { clock, limits, random, onCooldown } = this.#options
    const until = Math.max(problem.retryAt ?? 0, clock.now() + computeBackoffMs(1, problem, limits, random()))
    this.startCooldown(rateLimit, until)
    onCooldown?.(rateLimit, until)
  }

  #createBreakerOpenProblem(call: PolicyCall): Problem {
    call.onCallerLimit?.()
    return new Problem(
      'VENDOR_UNAVAILABLE',
      'Calls to the vendor are paused because too many have failed. Retry after the time in "retryAt".',
      { retryAt: this.#breakers.findOpenUntil(call.caller) ?? this.#options.clock.now() },
    )
  }
}

const createRateLimitedProblem = (retryAt: number): Problem =>
  new Problem('VENDOR_RATE_LIMITED', 'The vendor\'s rate limit was exceeded. Retry after the time in "retryAt".', {
    retryAt,
  })

const createQueueFullProblem = (): Problem =>
  new Problem('OVERLOADED', 'Too many calls to this account are waiting. Retry later.')

/** Whether the vendor is down: a transport failure, a timeout, a 5xx status, or a truncated response. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  const isTruncated = error.code === 'VENDOR_BAD_RESPONSE' && error.readRetry === 'allowed'
  return isTruncated || ['VENDOR_TIMEOUT', 'VENDOR_TLS_ERROR', 'VENDOR_UNAVAILABLE'].includes(error.code)
}
