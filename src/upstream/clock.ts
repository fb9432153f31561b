import { setTimeout as wait } from 'node:timers/promises'

/** Time as the upstream code sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** A clock that also tells how much time has passed, whatever the system's clock is set to. */
export interface MonotonicClock extends Clock {
  /** Milliseconds since some fixed point; never goes back. */
  monotonic(): number
}

export const systemClock: MonotonicClock = {
  now: Date.now,
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(Math.min(ms, 2 ** 31 - 1), undefined, { signal })
    } catch {
      throw signal.reason
    }
  },
}
