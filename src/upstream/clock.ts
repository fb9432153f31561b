import { setTimeout as wait } from 'node:timers/promises'

/** Time as the upstream code sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: async (ms, signal) => {
    try {
      await wait(Math.min(ms, 2 ** 31 - 1), undefined, { signal })
    } catch {
      throw signal.reason
    }
  },
}
