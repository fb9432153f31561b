import { setTimeout as wait } from 'node:timers/promises'

/** Source of time. Tests replace it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after `ms` milliseconds, which can be negative. @throws The signal's reason, if it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** A clock that also measures elapsed time, independently of changes to the system clock. */
export interface MonotonicClock extends Clock {
  /** Milliseconds since an arbitrary fixed time. Never decreases. */
  monotonic(): number
}

export const systemClock: MonotonicClock = {
  now: Date.now,
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      // Node writes a warning to standard error, between the lines of the log, if a time is negative.
      await wait(Math.max(0, Math.min(ms, 2 ** 31 - 1)), undefined, { signal })
    } catch {
      throw signal.reason
    }
  },
}
