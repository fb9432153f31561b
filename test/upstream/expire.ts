import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setImmediate } from 'node:timers/promises'
import { onTestFinished, vi } from 'vitest'

/** Fakes the timers of vendor calls until the test ends. Time then passes only in `expire` and `vi.waitFor`. */
export function fakeCallTimers(): void {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
}

/**
 * Lets `ms` pass each time `isDue` returns true, until `work` has settled. Requires `fakeCallTimers`.
 *
 * @param onPass Called before the time passes, to set other clocks.
 */
export async function expire<T>(
  work: Promise<T>,
  ms: number,
  isDue: () => boolean,
  onPass: () => void = () => {},
): Promise<T> {
  const settled = new AbortController()
  const stop = (): void => settled.abort()
  work.then(stop, stop)
  onTestFinished(stop)
  while (!settled.signal.aborted) {
    // Unlike `vi.waitFor`, it lets no time pass on its own.
    await setImmediate()
    if (settled.signal.aborted || !isDue()) continue
    onPass()
    vi.advanceTimersByTime(ms)
  }
  return work
}

/** Returns a function that returns true once for each counted event. */
export function onceForEach(countEvents: () => number): () => boolean {
  let seen = 0
  return () => {
    if (seen >= countEvents()) return false
    seen++
    return true
  }
}

/** Returns a function that returns the number of responses whose headers have arrived since this call. */
export function countResponses(): () => number {
  let count = 0
  const onHeaders = (): void => void count++
  subscribe('undici:request:headers', onHeaders)
  onTestFinished(() => void unsubscribe('undici:request:headers', onHeaders))
  return () => count
}
