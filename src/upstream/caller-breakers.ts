import { Breaker, type IsFailure } from './breaker.ts'
import type { Clock } from './clock.ts'
import type { UpstreamLimits } from './limits.ts'

/**
 * Calls of one caller in a window that count for everybody's breaker. Alone, they are too few to open it: a caller whose
 * requests make the vendor fail stops only itself, while an outage that four callers see stops all.
 */
const callerShare = 0.25

/** Callers that are remembered at one time. Whoever is forgotten begins with a closed breaker. */
const maxCallers = 1_000

interface CallerState {
  breaker: Breaker
  countedCalls: number
  windowEndsAt: number
}

/** One account's circuit breakers: one of each caller that was active lately, and one of all together. */
export class CallerBreakers {
  readonly #limits: UpstreamLimits
  readonly #clock: Clock
  readonly #onChange: (isOpen: boolean) => void
  readonly #accountBreaker: Breaker
  /** The caller that was active last is at the end. */
  readonly #callers = new Map<string, CallerState>()

  /** `onChange` is called when calls of every active caller are stopped, still have to be stopped, or go on. */
  constructor(limits: UpstreamLimits, clock: Clock, onChange: (isOpen: boolean) => void = () => {}) {
    this.#limits = limits
    this.#clock = clock
    this.#onChange = onChange
    this.#accountBreaker = new Breaker(limits, clock, onChange)
  }

  /** Whether no caller that was active lately gets through. */
  get isOpen(): boolean {
    if (this.#accountBreaker.isOpen) return true
    return this.#callers.size > 0 && [...this.#callers.values()].every(({ breaker }) => breaker.isOpen)
  }

  /** When the caller's calls are let through again, in ms since the epoch; null if they are now. */
  findOpenUntil(caller: string): number | null {
    const until = Math.max(this.#accountBreaker.openUntil, this.#callers.get(caller)?.breaker.openUntil ?? 0)
    return until > this.#clock.now() ? until : null
  }

  /**
   * Runs a call. An error that is no failure counts as a success.
   *
   * @throws BrokenCircuitError if a breaker is open, else what `attempt` throws.
   */
  execute<T>(caller: string, attempt: () => Promise<T>, isFailure: IsFailure = () => true): Promise<T> {
    const state = this.#getState(caller)
    const own = state.breaker
    const canVote = this.#countsForAccount(state)
    if (canVote) state.countedCalls++
    if (own.isClosed && (!canVote || this.#accountBreaker.isClosed))
      return countOutcome(canVote ? [own, this.#accountBreaker] : [own], attempt, isFailure)
    const probe = (): Promise<T> => own.probe(attempt, isFailure)
    return canVote ? this.#accountBreaker.probe(probe, isFailure) : probe()
  }

  /** A caller whose own calls fail says nothing about the others', so it cannot keep their breaker open either. */
  #countsForAccount({ breaker, countedCalls: votes }: CallerState): boolean {
    if (!breaker.isClosed) return false
    return !this.#accountBreaker.isClosed || votes < this.#limits.breakerCalls * callerShare
  }

  #getState(caller: string): CallerState {
    const now = this.#clock.now()
    this.#forgetIdle(now)
    const known = this.#callers.get(caller)
    const state = known ?? { breaker: this.#createBreaker(), countedCalls: 0, windowEndsAt: 0 }
    if (now >= state.windowEndsAt) Object.assign(state, { votes: 0, windowEndsAt: now + this.#limits.breakerWindow })
    this.#callers.delete(caller)
    this.#callers.set(caller, state)
    return state
  }

  #createBreaker(): Breaker {
    return new Breaker(this.#limits, this.#clock, (isOpen) => {
      if (isOpen === this.isOpen) this.#onChange(isOpen)
    })
  }

  /** A breaker remembers nothing that is older than its window. */
  #forgetIdle(now: number): void {
    const { breakerWindow, breakerPause } = this.#limits
    for (const [caller, { windowEndsAt, breaker }] of this.#callers) {
      const isIdle = Math.max(windowEndsAt, breaker.openUntil) + breakerWindow + breakerPause <= now
      if (!isIdle && this.#callers.size < maxCallers) return
      this.#callers.delete(caller)
    }
  }
}

async function countOutcome<T>(
  breakers: readonly Breaker[],
  attempt: () => Promise<T>,
  isFailure: IsFailure,
): Promise<T> {
  try {
    const value = await attempt()
    for (const breaker of breakers) breaker.countSuccess()
    return value
  } catch (error) {
    for (const breaker of breakers) {
      if (isFailure(error)) await breaker.countFailure(error)
      else breaker.countSuccess()
    }
    throw error
  }
}
