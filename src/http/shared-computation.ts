import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'

/** Maximum share of time that the computations can take. */
const maxShare = 0.1
/**
 * Maximum pause after a computation. A computation can take long because the process is busy, and must not delay the
 * next one for long.
 */
const maxRestMs = 1_000

interface Timer {
  /** Returns the time, in milliseconds. */
  now(): number
  sleep(ms: number): Promise<unknown>
}

/**
 * Returns a function that shares one computation among all calls that arrive before it ends, and that waits before the
 * next computation. So the computations take at most a tenth of the time, however many clients request the result.
 */
export function shareComputation<T>(
  compute: () => Promise<T>,
  { now, sleep }: Timer = { now: () => performance.now(), sleep: delay },
): () => Promise<T> {
  let nextStartAt = -Infinity
  let pending: Promise<T> | null = null
  const run = async (): Promise<T> => {
    const delayMs = nextStartAt - now()
    if (delayMs > 0) await sleep(delayMs)
    const startedAt = now()
    try {
      return await compute()
    } finally {
      pending = null
      const durationMs = now() - startedAt
      nextStartAt = startedAt + Math.min(durationMs / maxShare, durationMs + maxRestMs)
    }
  }
  return () => (pending ??= run())
}
