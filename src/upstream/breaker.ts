import { circuitBreaker, handleAll, noop, SamplingBreaker } from 'cockatiel'
import type { Clock } from './clock.ts'
import type { UpstreamLimits } from './limits.ts'

/** A circuit breaker that opens at a share of failed calls, and lets one call through after a pause. */
export class Breaker {
  readonly #clock: Clock
  readonly #policy
  #openUntil = 0
  #isClosed = true

  /** `onChange` is called when calls are stopped, still have to be stopped, or go on. */
  constructor(limits: UpstreamLimits, clock: Clock, onChange: (isOpen: boolean) => void) {
    this.#clock = clock
    if (limits.breakerFailures >= 1) {
      this.#policy = noop
      return
    }
    const policy = circuitBreaker(handleAll, {
      halfOpenAfter: limits.breakerPause,
      breaker: new SamplingBreaker({
        // cockatiel opens at "more than", the limit says "as many as".
        threshold: limits.breakerFailures - Number.EPSILON,
        duration: limits.breakerWindow,
        minimumRps: (limits.breakerCalls * 1000) / limits.breakerWindow,
      }),
    })
    policy.onBreak(() => {
      this.#openUntil = clock.now() + limits.breakerPause
      this.#isClosed = false
      onChange(true)
    })
    // While one call probes, the others are rejected at once instead of waiting for its outcome.
    policy.onHalfOpen(() => void (this.#openUntil = clock.now() + limits.attemptTimeout))
    policy.onReset(() => {
      this.#openUntil = 0
      this.#isClosed = true
      onChange(false)
    })
    this.#policy = policy
  }

  /** False from when it opens until a call has succeeded. */
  get isClosed(): boolean {
    return this.#isClosed
  }
  get isOpen(): boolean {
    return this.#clock.now() < this.#openUntil
  }
  /** In ms since the epoch; in the past if it is not open. */
  get openUntil(): number {
    return this.#openUntil
  }

  /** @throws BrokenCircuitError if it is open, else what `attempt` throws, which counts as a failure. */
  execute<T>(attempt: () => Promise<T>): Promise<T> {
    return this.#policy.execute(attempt)
  }
}
