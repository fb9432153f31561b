import type { Done, Load } from './load.ts'
import type { ReportedWrite } from './writes.ts'

type Problems = { code: string; account: string | null }[]

/** Whether an injected fault explains these problems. */
export type Excuse = (problems: Problems) => boolean

/** Allows no problem, because no fault is injected. */
export const nothing: Excuse = () => false

/** Codes that a failing vendor can cause. */
export const vendorFaults: Excuse = (problems) => problems.every(({ code }) => code.startsWith('VENDOR_'))

/** Allows every problem of these accounts. */
export const troubleAt =
  (...keys: string[]): Excuse =>
  (problems) =>
    problems.every(({ account }) => account !== null && keys.includes(account))

/** Reads that were not complete and reported it, by reason. */
export function incomplete(done: readonly Done[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { kind, verdict } of done) {
    if (typeof verdict === 'object' && 'problem' in verdict)
      for (const { code, account } of verdict.problem) add(found, `${kind}: ${code} at ${account}`)
  }
  return found
}

/** Lost reads by reason. `complete` is the share of complete results among the others. */
export function judgeReads(done: readonly Done[], excuse: Excuse): { lost: Map<string, number>; complete: number } {
  const lost = new Map<string, number>()
  let complete = 0
  for (const { kind, verdict } of done) {
    if (verdict === 'right') complete++
    else if ('lost' in verdict) add(lost, `${kind}: ${verdict.lost}`)
    else if (!excuse(verdict.problem)) add(lost, `${kind}: ${verdict.problem.map(({ code }) => code).join(' ')}`)
  }
  return { lost, complete: done.length === 0 ? 1 : complete / done.length }
}

/** Lost writes by reason: those that failed without an allowed reason. */
export function judgeWrites(results: readonly ReportedWrite[], excuse: Excuse): Map<string, number> {
  const lost = new Map<string, number>()
  for (const { name, outcome, problems } of results) {
    if (outcome === 'SUCCEEDED' && problems.length === 0) continue
    const isReported = ['NOT_SENT', 'REJECTED', 'UNKNOWN'].includes(outcome)
    if (!isReported || !excuse(problems.filter(({ code }) => code !== 'OUTCOME_UNKNOWN')))
      add(lost, `${name}: ${outcome} ${problems.map(({ code }) => code).join(' ')}`)
  }
  return lost
}

/** All losses by reason, including those in the vendors' own lists. */
export async function lossesOf(load: Load, excuse: Excuse): Promise<Map<string, number>> {
  const lost = new Map([...judgeReads(load.done, excuse).lost, ...judgeWrites(load.results, excuse)])
  for (const why of await load.discrepancies()) add(lost, why)
  return lost
}

export const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0)

const add = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1)

/** Formats counts as lines below another line. */
export const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([why, count]) => `\n         ${count} × ${why}`).join('')

/**
 * Prints each line and whether it holds, then the verdict. Ends the process with 0 if all lines hold, otherwise with 1.
 */
export function conclude(row: string, lines: readonly { text: string; holds: boolean | null }[]): never {
  for (const { text, holds } of lines)
    console.info(`${holds === null ? '      ' : holds ? 'holds ' : 'BROKEN'} ${text}`)
  const broken = lines.filter(({ holds }) => holds === false).length
  console.info(`${row}: ${broken === 0 ? 'held' : `BROKEN in ${broken}`}`)
  process.exit(broken === 0 ? 0 : 1)
}
