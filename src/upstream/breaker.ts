import { circuitBreaker, CircuitState, handleAll, SamplingBreaker, type CircuitBreakerPolicy } from 'cockatiel'
import type { Clock } from './clock.ts'
import type { UpstreamLimits } from './limits.ts'

/** Whether an error counts as a failure of the vendor. */
export type IsFailure = (error: unknown) => boolean

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

  /**
   * Runs a call while it is not closed: the probe after a pause.
   *
   * @throws BrokenCircuitError if it is open, else what `attempt` throws.
   */
  async probe<T>(attempt: () => Promise<T>, isFailure: IsFailure): Promise<T> {
    if (!this.#policy) return attempt()
    const outcome = await this.#policy.execute(async () => {
      try {
        return { value: await attempt() }
      } catch (error) {
        if (isFailure(error)) throw error
        return { error }
      }
    })
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  /** Counts a call that was sent while it was closed. The policy's own execution would cost four promises. */
  countSuccess(): void {
    if (this.#policy) this.#sampling.success(CircuitState.Closed)
  }

  /** The same for a call that failed; opens if it was one too many. */
  async countFailure(cause: unknown): Promise<void> {
    if (this.#policy?.state !== CircuitState.Closed) return
    const fail = async (): Promise<never> => {
      throw cause
    }
    await this.#policy.execute(fail).catch(() => {})
  }
}
