import { setTimeout as delay } from 'node:timers/promises'
import { now } from './clock.ts'

/**
 * Starts `rate` operations per second on a fixed schedule, regardless of earlier operations. `due` is a time of the
 * shared clock.
 */
export async function openLoop(rate: number, seconds: number, start: (due: number) => Promise<void>): Promise<void> {
  const total = Math.round(rate * seconds)
  const begun = now() + 50
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let left = total
  const ended = (): void => void (--left === 0 && resolve())
  for (let number = 0; number < total;) {
    const due = begun + (number * 1000) / rate
    const early = due - now()
    if (early > 0) await delay(early)
    else {
      start(due).then(ended, reject)
      number++
    }
  }
  return promise
}

/** Runs concurrent callers for this time, each of which sends the next operation when the previous one has ended. */
export async function closedLoop(callers: number, seconds: number, ask: (due: number) => Promise<void>): Promise<void> {
  const end = now() + seconds * 1000
  const call = async (): Promise<void> => {
    while (now() < end) await ask(now())
  }
  await Promise.all(Array.from({ length: callers }, call))
}

/** Returns the value that a share (0 to 1) of the values does not exceed. 0 without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** Formats the number, p50, p99, and the maximum of durations in ms. */
export function summary(values: readonly number[]): { count: number; p50: number; p99: number; max: number } {
  const at = (share: number): number => Math.round(percentile(values, share) * 10) / 10
  return { count: values.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}
