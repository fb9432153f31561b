import { circuitBreaker, CircuitState, handleAll, SamplingBreaker, type CircuitBreakerPolicy } from 'cockatiel'
import type { Clock } from './clock.ts'
import type { UpstreamLimits } from './limits.ts'

/** A circuit breaker that opens at a share of failed calls, and lets one call through after a pause. */
export class Breaker {
  readonly #clock: Clock
  /** Null if the breaker is turned off. */
  readonly #policy: CircuitBreakerPolicy | null = null
  readonly #sampling: SamplingBreaker
  #openUntil = 0
  #isClosed = true

  /** `onChange` is called when calls are stopped, still have to be stopped, or go on. */
  constructor(limits: UpstreamLimits, clock: Clock, onChange: (isOpen: boolean) => void) {
    this.#clock = clock
    this.#sampling = new SamplingBreaker({
      // cockatiel opens at "more than", the limit says "as many as".
      threshold: Math.min(1, limits.breakerFailures) - Number.EPSILON,
      duration: limits.breakerWindow,
      minimumRps: (limits.breakerCalls * 1000) / limits.breakerWindow,
    })
    if (limits.breakerFailures >= 1) return
    const policy = circuitBreaker(handleAll, { halfOpenAfter: limits.breakerPause, breaker: this.#sampling })
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
  async execute<T>(attempt: () => Promise<T>): Promise<T> {
    const policy = this.#policy
    if (!policy) return attempt()
    if (policy.state !== CircuitState.Closed) return policy.execute(attempt)
    // Counted here as the policy counts it, because its own execution costs four promises.
    try {
      const value = await attempt()
      this.#sampling.success(CircuitState.Closed)
      return value
    } catch (error) {
      if (policy.state === CircuitState.Closed) await policy.execute(() => Promise.reject(error)).catch(() => {})
      throw error
    }
  }
}
