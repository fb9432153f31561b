import { circuitBreaker, CircuitState, handleAll, SamplingBreaker, type CircuitBreakerPolicy } from 'cockatiel'
import type { Clock } from './clock.ts'
import type { UpstreamLimits } from './limits.ts'

/** Whether an error counts as a failure of the vendor. */
export type IsFailure = (error: unknown) => boolean

/** Circuit breaker that opens at a share of failed calls. After a pause, it lets one call through as a probe. */
export class Breaker {
  readonly #clock: Clock
  /** Null if the circuit breaker is disabled. */
  readonly #policy: CircuitBreakerPolicy | null = null
  readonly #sampling: SamplingBreaker
  #openUntil = 0
  #isClosed = true

  /**
   * @param limits A `breakerFailures` of 1 or more disables the circuit breaker.
   * @param onChange Reports that the circuit breaker opened or closed. Also called with `true` after a failed probe.
   */
  constructor(limits: UpstreamLimits, clock: Clock, onChange: (isOpen: boolean) => void) {
    this.#clock = clock
    this.#sampling = new SamplingBreaker({
      // SamplingBreaker opens above the threshold; Parley opens at the threshold.
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
    // While a probe is running, other calls must fail at once instead of waiting for its result.
    policy.onHalfOpen(() => void (this.#openUntil = clock.now() + limits.attemptTimeout))
    policy.onReset(() => {
      this.#openUntil = 0
      this.#isClosed = true
      onChange(false)
    })
    this.#policy = policy
  }

  /** Whether calls are sent without a probe. False from the opening until a probe has succeeded. */
  get isClosed(): boolean {
    return this.#isClosed
  }
  /** Whether calls fail without being sent. Also true while a probe is running, for at most `attemptTimeout`. */
  get isOpen(): boolean {
    return this.#clock.now() < this.#openUntil
  }
  /** End of the pause, in milliseconds since the epoch. In the past if the circuit breaker is not open. */
  get openUntil(): number {
    return this.#openUntil
  }

  /**
   * Runs a call as the probe after a pause.
   *
   * @throws BrokenCircuitError if the circuit breaker is open.
   * @throws The error of `attempt`.
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

  /** Counts a successful call of a closed circuit breaker. cockatiel's `execute` would create four promises for each call. */
  countSuccess(): void {
    if (this.#policy) this.#sampling.success(CircuitState.Closed)
  }

  /** Counts a failed call of a closed circuit breaker, and opens it if the share of failures is reached. */
  async countFailure(cause: unknown): Promise<void> {
    if (this.#policy?.state !== CircuitState.Closed) return
    const fail = async (): Promise<never> => {
      throw cause
    }
    await this.#policy.execute(fail).catch(() => {})
  }
}
