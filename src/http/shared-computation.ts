import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'

/** Part of the time that the computation may take. */
const maxShare = 0.1
/** In ms. A computation that takes long because the process is busy must not be put off for long. */
const maxRest = 1_000

interface Timer {
  /** In ms. */
  now(): number
  sleep(ms: number): Promise<unknown>
}

/**
 * Returns a function that computes once for all calls that come in until the result is there, and that rests after each
 * computation. So however many clients request the result, it takes at most a tenth of the process's time.
 */
export function shareComputation<T>(
  compute: () => Promise<T>,
  { now, sleep }: Timer = { now: () => performance.now(), sleep: delay },
): () => Promise<T> {
  let restUntil = -Infinity
  let pending: Promise<T> | null = null
  const run = async (): Promise<T> => {
    const rest = restUntil - now()
    if (rest > 0) await sleep(rest)
    const started = now()
    try {
      return await compute()
    } finally {
      pending = null
      const took = now() - started
      restUntil = started + Math.min(took / maxShare, took + maxRest)
    }
  }
  return () => (pending ??= run())
}
