import type { MonotonicClock } from '../../upstream/clock.ts'
import { AccountPolling, type AccountPollingOptions } from './account-polling.ts'
import { PollPace, type PollLimits } from './poll-pace.ts'
import type { Watcher } from '../watch/source.ts'

export interface PollerOptions extends AccountPollingOptions {
  clock: MonotonicClock
  /** Returns a random number from 0 to 1 (exclusive). */
  random: () => number
  getLimits(): PollLimits
}

/** Watches an account by polling it at intervals. */
export class Poller implements Watcher {
  readonly #options: PollerOptions
  /** Outlives a run, so that subscribing again and again does not exceed the limits. */
  readonly #pace: PollPace
  #isRequested = false
  #wake = new AbortController()

  constructor(options: PollerOptions) {
    this.#options = options
    this.#pace = new PollPace(options.getLimits, options.random)
  }

  /** Polls until the signal aborts. What the first poll finds is no event. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const polling = new AccountPolling(this.#options, this.#pace, signal)
    this.#isRequested = true
    while (await this.#waitForNext(signal)) {
      if (this.#isRequested) this.#pace.recordRequest(this.#options.clock.monotonic())
      this.#isRequested = false
      await polling.poll()
    }
  }

  /** Polls at once. A poll in progress does not count, because it can have read the account before the change. */
  pollSoon(): void {
    this.#isRequested = true
    this.#wake.abort()
  }

  /** Resolves to true when a poll must begin, or to false if the signal aborts. */
  async #waitForNext(signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#options
    while (!signal.aborted) {
      const waitMs = this.#pace.getNextAt(this.#isRequested) - clock.monotonic()
      if (waitMs <= 0) return true
      this.#wake = new AbortController()
      await clock.sleep(waitMs, AbortSignal.any([signal, this.#wake.signal])).catch(() => {})
    }
    return false
  }
}
