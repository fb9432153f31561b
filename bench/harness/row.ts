import type { Done, Load } from './load.ts'
import { percentile } from './open-loop.ts'
import { listed, lossesOf, sum, type Excuse } from './verdict.ts'

export interface RowOptions {
  /** Of the whole row. */
  seconds: number
  /** Operations a second. */
  rate: number
  /** Latencies are shown, not judged: for machines that others use. */
  countsOnly: boolean
  /** MiB of one upload. */
  mib: number
}

/** What one line of a verdict says; null: it is only shown. */
export interface Line {
  text: string
  holds: boolean | null
}

export interface Row {
  title: string
  /** As the acceptance table has it. */
  seconds: number
  run(options: RowOptions): Promise<Line[]>
}

/** A line about time, which says nothing on a machine that others use. */
export const timed = ({ countsOnly }: RowOptions, text: string, holds: boolean): Line => ({
  text,
  holds: countsOnly ? null : holds,
})

/** The line that nothing was lost. */
export async function lossLine(load: Load, excuse: Excuse): Promise<Line> {
  const lost = await lossesOf(load, excuse)
  const operations = load.done.length + load.writeTimes.length
  return { text: `${sum(lost.values())} of ${operations} operations lost (0)${listed(lost)}`, holds: lost.size === 0 }
}

/** p99 in ms of the reads that were due from `from` to `to`. */
export const p99Of = (done: readonly Done[], from: number, to: number): number =>
  percentile(
    done.filter(({ due }) => due >= from && due < to).map(({ due, ended }) => ended - due),
    0.99,
  )

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Takes a value every so many ms until it is stopped. */
export function sample(ms: number, take: () => number): { values: number[]; stop(): void } {
  const values = [take()]
  const timer = setInterval(() => values.push(take()), ms)
  return { values, stop: () => clearInterval(timer) }
}
