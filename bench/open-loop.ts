import { setTimeout as delay } from 'node:timers/promises'

/** Starts `rate` operations a second on a fixed schedule, whatever became of earlier ones; `due` in performance.now() ms. */
export async function openLoop(rate: number, seconds: number, start: (due: number) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = []
  const total = Math.round(rate * seconds)
  const begun = performance.now() + 50
  for (let number = 0; number < total;) {
    const due = begun + (number * 1000) / rate
    const early = due - performance.now()
    if (early > 0) {
      await delay(early)
      continue
    }
    running.push(start(due))
    number++
  }
  await Promise.all(running)
}

/** The value that `share` (0 to 1) of the values do not pass; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** p50, p99 and the longest, in whole ms. */
export function summary(values: readonly number[]): { p50: number; p99: number; max: number } {
  const at = (share: number): number => Math.round(percentile(values, share) * 10) / 10
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
