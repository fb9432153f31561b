import { Breaker, type IsFailure } from './breaker.ts'
import type { Clock } from './clock.ts'
import type { UpstreamLimits } from './limits.ts'

/**
 * Share of `breakerCalls` that one caller can contribute to the account's circuit breaker in a window. One caller alone
 * cannot open it: a caller whose requests make the vendor fail stops only itself. An outage that four callers see stops all.
 */
const callerShare = 0.25

/** Maximum number of callers that are remembered. A forgotten caller starts again with a closed circuit breaker. */
const maxCallers = 1_000

interface CallerState {
  breaker: Breaker
  countedCalls: number
  windowEndsAt: number
}

/** Circuit breakers of one account: one for each recently active caller, and one for all callers together. */
export class CallerBreakers {
  readonly #limits: UpstreamLimits
  readonly #clock: Clock
  readonly #onChange: (isOpen: boolean) => void
  readonly #accountBreaker: Breaker
  /** The caller whose window began last is at the end. */
  readonly #callers = new Map<string, CallerState>()

  /** @param onChange Reports that the calls of every active caller are stopped, are still stopped after a probe, or continue. */
  constructor(limits: UpstreamLimits, clock: Clock, onChange: (isOpen: boolean) => void = () => {}) {
    this.#limits = limits
    this.#clock = clock
    this.#onChange = onChange
    this.#accountBreaker = new Breaker(limits, clock, onChange)
  }

  /** Whether the calls of every recently active caller fail without being sent. */
  get isOpen(): boolean {
    if (this.#accountBreaker.isOpen) return true
    return this.#callers.size > 0 && [...this.#callers.values()].every(({ breaker }) => breaker.isOpen)
  }

  /** Returns when the caller's calls are sent again, in milliseconds since the epoch. Null if they are sent now. */
  findOpenUntil(caller: string): number | null {
    const until = Math.max(this.#accountBreaker.openUntil, this.#callers.get(caller)?.breaker.openUntil ?? 0)
    return until > this.#clock.now() ? until : null
  }

  /**
   * Runs a call. An error that is not a failure counts as a success.
   *
   * @throws BrokenCircuitError if a circuit breaker is open.
   * @throws The error of `attempt`.
   */
  async execute<T>(caller: string, attempt: () => Promise<T>, isFailure: IsFailure = () => true): Promise<T> {
    const state = this.#getState(caller)
    const { breaker } = state
    const accountBreaker = this.#countsForAccount(state) ? this.#accountBreaker : null
    if (accountBreaker) state.countedCalls++
    if (!breaker.isClosed || accountBreaker?.isClosed === false) {
      const probe = (): Promise<T> => breaker.probe(attempt, isFailure)
      return accountBreaker ? accountBreaker.probe(probe, isFailure) : probe()
    }
    try {
      const value = await attempt()
      breaker.countSuccess()
      accountBreaker?.countSuccess()
      return value
    } catch (error) {
      for (const counting of accountBreaker ? [breaker, accountBreaker] : [breaker]) {
        if (isFailure(error)) await counting.countFailure(error)
        else counting.countSuccess()
      }
      throw error
    }
  }

  /** The calls of a caller whose own circuit breaker is not closed prove nothing about the calls of others. */
  #countsForAccount({ breaker, countedCalls }: CallerState): boolean {
    if (!breaker.isClosed) return false
    return !this.#accountBreaker.isClosed || countedCalls < this.#limits.breakerCalls * callerShare
  }

  #getState(caller: string): CallerState {
    const now = this.#clock.now()
    this.#forgetIdle(now)
    const existing = this.#callers.get(caller)
    const state = existing ?? { breaker: this.#createBreaker(), countedCalls: 0, windowEndsAt: 0 }
    if (now >= state.windowEndsAt) {
      state.countedCalls = 0
      state.windowEndsAt = now + this.#limits.breakerWindow
      this.#callers.delete(caller)
      this.#callers.set(caller, state)
    }
    return state
  }

  #createBreaker(): Breaker {
    return new Breaker(this.#limits, this.#clock, (isOpen) => {
      if (isOpen === this.isOpen) this.#onChange(isOpen)
    })
  }

  /** Deletes circuit breakers without calls in their window, and the oldest if there are too many. */
  #forgetIdle(now: number): void {
    const { breakerWindow, breakerPause } = this.#limits
    for (const [caller, { windowEndsAt, breaker }] of this.#callers) {
      const isIdle = Math.max(windowEndsAt, breaker.openUntil) + breakerWindow + breakerPause <= now
      if (!isIdle && this.#callers.size < maxCallers) return
      this.#callers.delete(caller)
    }
  }
}
