import type { Done, Load } from './load.ts'
import { percentile } from './open-loop.ts'
import { listed, lossesOf, sum, type Excuse } from './verdict.ts'

export interface RowOptions {
  /** Seconds of the whole row. */
  seconds: number
  /** Operations per second. */
  rate: number
  /** Whether latencies are only shown, for machines that others use, too. */
  countsOnly: boolean
  /** Size of one upload in MiB. */
  mib: number
}

/** A line of the verdict. `holds` is null if the line is only shown. */
export interface Line {
  text: string
  holds: boolean | null
}

export interface Row {
  title: string
  /** Text of the acceptance table. */
  seconds: number
  run(options: RowOptions): Promise<Line[]>
}

/** A line about durations. It is only shown on a machine that others use, too. */
export const timed = ({ countsOnly }: RowOptions, text: string, holds: boolean): Line => ({
  text,
  holds: countsOnly ? null : holds,
})

/** The line that reports losses. */
export async function lossLine(load: Load, excuse: Excuse): Promise<Line> {
  const lost = await lossesOf(load, excuse)
  const operations = load.done.length + load.writeTimes.length
  return { text: `${sum(lost.values())} of ${operations} operations lost (0)${listed(lost)}`, holds: lost.size === 0 }
}

/** Returns the p99 in ms of the reads that were due from `from` to `to`. */
export const p99Of = (done: readonly Done[], from: number, to: number): number =>
  percentile(
    done.filter(({ due }) => due >= from && due < to).map(({ due, ended }) => ended - due),
    0.99,
  )

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Samples a value at an interval in ms until it is stopped. */
export function sample(ms: number, take: () => number): { values: number[]; stop(): void } {
  const values = [take()]
  const timer = setInterval(() => values.push(take()), ms)
  return { values, stop: () => clearInterval(timer) }
}
