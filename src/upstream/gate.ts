import {
  BrokenCircuitError,
  BulkheadRejectedError,
  SamplingBreaker,
  TaskCancelledError,
  bulkhead,
  circuitBreaker,
  handleAll,
  noop,
} from 'cockatiel'
import { Problem } from '../errors.ts'
import type { Clock } from './clock.ts'
import type { UpstreamLimits } from './limits.ts'

export interface GateEvents {
  /** Calls are stopped, still have to be, or go on. */
  onBreaker?(open: boolean): void
  /** The vendor holds back what falls under this limit until then. */
  onHold?(limit: string, until: number): void
}

/** What stands between an account's calls and its vendor: rate-limit holds, a breaker, a bulkhead with a queue. */
export class Gate {
  readonly #limits: UpstreamLimits
  readonly #clock: Clock
  readonly #bulkhead
  readonly #breaker
  readonly #holds = new Map<string, number>()
  readonly #onHold: GateEvents['onHold']
  #openUntil = 0

  constructor(limits: UpstreamLimits, clock: Clock, { onBreaker, onHold }: GateEvents = {}) {
    this.#limits = limits
    this.#clock = clock
    this.#onHold = onHold
    this.#bulkhead = bulkhead(limits.inFlight, limits.queue)
    if (limits.breakerFailures >= 1) {
      this.#breaker = noop
      return
    }
    const breaker = circuitBreaker(handleAll, {
      halfOpenAfter: limits.breakerPause,
      breaker: new SamplingBreaker({
        // Its test is "more than", ours "as many as".
        threshold: limits.breakerFailures - Number.EPSILON,
        duration: limits.breakerWindow,
        minimumRps: (limits.breakerCalls * 1000) / limits.breakerWindow,
      }),
    })
    breaker.onBreak(() => {
      this.#openUntil = clock.now() + limits.breakerPause
      onBreaker?.(true)
    })
    // While one call probes, the others are refused at once instead of waiting for what it finds.
    breaker.onHalfOpen(() => void (this.#openUntil = clock.now() + limits.attemptTimeout))
    breaker.onReset(() => {
      this.#openUntil = 0
      onBreaker?.(false)
    })
    this.#breaker = breaker
  }

  get open(): boolean {
    return this.#clock.now() < this.#openUntil
  }
  get queued(): number {
    return this.#limits.queue - this.#bulkhead.queueSlots
  }
  get inFlight(): number {
    return this.#limits.inFlight - this.#bulkhead.executionSlots
  }
  /** When the last of the vendor's rate limits lets calls through again; null where none holds. */
  get heldUntil(): number | null {
    const until = Math.max(0, ...this.#holds.values())
    return until > this.#clock.now() ? until : null
  }

  /** Waits out a hold that ends before `deadline`; throws VENDOR_RATE_LIMITED for a longer one. */
  async admit(limit: string, deadline: number, signal: AbortSignal): Promise<void> {
    for (let until = this.#held(limit); until !== null; until = this.#held(limit)) {
      if (until >= deadline) throw heldBack(until)
      await this.#clock.sleep(until - this.#clock.now(), signal)
    }
  }

  #held(limit: string): number | null {
    const until = this.#holds.get(limit) ?? 0
    return until > this.#clock.now() ? until : null
  }

  /**
   * Runs `attempt` when there is room; throws OVERLOADED, VENDOR_UNAVAILABLE while the breaker is open, and
   * VENDOR_RATE_LIMITED where the vendor set a limit while the call stood in the queue.
   */
  async run<T>(limit: string, attempt: () => Promise<T>): Promise<T> {
    if (this.open) throw this.#broken()
    const waiting = new AbortController()
    let started = false
    const timer = setTimeout(() => waiting.abort(), this.#limits.queueWait)
    const overdue = new Promise<never>((_, reject) => {
      waiting.signal.addEventListener('abort', () => !started && reject(crowded()), { once: true })
    })
    const work = this.#bulkhead.execute(() => {
      started = true
      clearTimeout(timer)
      const until = this.#held(limit)
      if (until !== null) throw heldBack(until)
      return this.#breaker.execute(() => this.#outageOrOutcome(limit, attempt))
    }, waiting.signal)
    try {
      const outcome = await Promise.race([work, overdue])
      if ('error' in outcome) throw outcome.error
      return outcome.value
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.#broken()
      if (error instanceof BulkheadRejectedError || error instanceof TaskCancelledError) throw crowded()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Rejects for what counts against the breaker; what a vendor refuses in good health counts for it. */
  #outageOrOutcome<T>(limit: string, attempt: () => Promise<T>): Promise<{ value: T } | { error: unknown }> {
    return attempt().then(
      (value) => ({ value }),
      (error: unknown) => {
        if (isOutage(error)) throw error
        // Before the slot is free, so that the next in the queue meets it.
        if (error instanceof Problem) this.#learn(limit, error)
        return { error }
      },
    )
  }

  #learn(limit: string, { code, retryAt }: Problem): void {
    if (code !== 'VENDOR_RATE_LIMITED' || retryAt === null) return
    this.hold(limit, retryAt)
    this.#onHold?.(limit, retryAt)
  }

  /** Holds calls back until then, in ms since the epoch. */
  hold(limit: string, until: number): void {
    for (const [name, end] of this.#holds) if (end <= this.#clock.now()) this.#holds.delete(name)
    this.#holds.set(limit, Math.max(until, this.#holds.get(limit) ?? 0))
  }

  #broken(): Problem {
    return new Problem('VENDOR_UNAVAILABLE', 'The vendor has been failing and is given a pause.', {
      retryAt: Math.max(this.#openUntil, this.#clock.now()),
    })
  }
}

const heldBack = (until: number): Problem =>
  new Problem('VENDOR_RATE_LIMITED', "The vendor's rate limit holds calls back.", { retryAt: until })

const crowded = (): Problem => new Problem('OVERLOADED', 'Too many calls wait for this vendor.')

/** Transport failures, timeouts, 5xx. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  const cutShort = error.code === 'VENDOR_BAD_RESPONSE' && error.again === 'freely'
  return cutShort || ['VENDOR_TIMEOUT', 'VENDOR_TLS_ERROR', 'VENDOR_UNAVAILABLE'].includes(error.code)
}
