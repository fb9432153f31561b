/** Limits of polling one account. */
export interface PollLimits {
  /** Time between the beginnings of two polls, in milliseconds. */
  eventPoll: number
  /** Calls per minute. */
  eventPollCalls: number
}

/** Longest wait after a failure, in milliseconds, unless the interval or the vendor's rate limit is longer. */
const maxFailureWaitMs = 300_000
/** Largest random addition to the wait after a failure, as a share of it. */
const jitterShare = 0.1
const minuteMs = 60_000
/** Requested polls can use the calls of the next minute in advance, or of five polls if these need more, but at most these. */
const minPollsInAdvance = 5
const maxAdvanceMs = 300_000

/** Decides when an account is polled. Times are in milliseconds by a clock that is never set back. */
export class PollPace {
  readonly #getLimits: () => PollLimits
  readonly #random: () => number
  #nextAt = 0
  /** Until then, no poll begins, not even after a mutation. */
  #notBefore = 0
  /** When the calls of the requested polls so far are within `eventPollCalls`. */
  #paidUntil = 0
  #callCount = 1
  #failureCount = 0

  constructor(getLimits: () => PollLimits, random: () => number) {
    this.#getLimits = getLimits
    this.#random = random
  }

  /** Time within which a change is detected, in milliseconds. */
  get intervalMs(): number {
    return Math.max(this.#getLimits().eventPoll, this.#costMs)
  }

  /** When the next poll begins. @param isRequested Whether a mutation or a new subscriber has requested it. */
  getNextAt(isRequested: boolean): number {
    if (!isRequested) return Math.max(this.#nextAt, this.#notBefore)
    const advanceMs = Math.max(minuteMs, Math.min(maxAdvanceMs, minPollsInAdvance * this.#costMs))
    return Math.max(Math.min(this.#nextAt, this.#paidUntil - advanceMs), this.#notBefore)
  }

  /** Records the beginning of a requested poll. */
  recordRequest(startedAt: number): void {
    this.#paidUntil = Math.max(this.#paidUntil, startedAt) + this.#costMs
  }

  /** Records a poll that has succeeded. */
  recordSuccess(startedAt: number, callCount: number): void {
    this.#callCount = Math.max(1, callCount)
    this.#failureCount = 0
    this.#notBefore = 0
    this.#nextAt = startedAt + this.intervalMs
  }

  /** Records a poll that has failed. Doubles the wait after the previous failure. @param minWaitMs Rate limit of the vendor. */
  recordFailure(failedAt: number, minWaitMs: number): void {
    this.#failureCount++
    const { intervalMs } = this
    const doubledMs = Math.min(intervalMs * 2 ** this.#failureCount, Math.max(intervalMs, maxFailureWaitMs))
    this.#nextAt = failedAt + doubledMs * (1 + jitterShare * this.#random())
    this.#notBefore = failedAt + minWaitMs
  }

  /** Time in which the calls of one poll become available. */
  get #costMs(): number {
    return (this.#callCount * minuteMs) / this.#getLimits().eventPollCalls
  }
}
