import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, onTestFinished, vi } from 'vitest'

/** Fakes the timers of vendor calls until the test ends. Their time then passes only in `expire` and `vi.waitFor`. */
export function fakeCallTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
}

/** Lets `ms` pass as soon as `isDue` returns true, repeatedly until `work` has settled. Requires `fakeCallTimers`. */
export async function expire<T>(work: Promise<T>, ms: number, isDue: () => boolean): Promise<T> {
  let isPending = true
  const end = (): void => void (isPending = false)
  work.then(end, end)
  await vi.waitFor(
    () => {
      if (isPending && isDue()) vi.advanceTimersByTime(ms)
      expect(isPending).toBe(false)
    },
    { interval: 1 },
  )
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
