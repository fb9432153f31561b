import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { addedTo } from './harness/added.ts'
import { Load } from './harness/load.ts'
import { startNoop } from './harness/noop.ts'
import { now } from './harness/clock.ts'
import { openLoop, summary } from './harness/open-loop.ts'
import { cpuOf, stallsOf } from './harness/process.ts'
import { conclude, incomplete, judgeReads, listed, lossesOf, nothing, sum, vendorFaults } from './harness/verdict.ts'

/** Acceptance rows A1 (`--faults 0`) and A2: the load, its losses, and the latency that the server adds. */
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    /** Share of vendor calls with a fault that occurs once. */
    faults: { type: 'string', default: '0.05' },
    /** Whether latency is only shown, for machines that others use, too. */
    'counts-only': { type: 'boolean', default: false },
    /** Seconds at the start that do not count for latency, because code is compiled then. Losses count. */
    settle: { type: 'string', default: '10' },
    /** Folder for processor profiles of the server and of the vendors. */
    profile: { type: 'string' },
  },
})
const [rate, seconds, faults] = [Number(values.rate), Number(values.seconds), Number(values.faults)]
const profiled = (name: string): string[] =>
  values.profile ? ['--cpu-prof', `--cpu-prof-dir=${join(values.profile, name)}`] : []

const load = await Load.open({ node: profiled('server'), vendorsNode: profiled('vendors') })
const perWrite = await load.callsOfWrites()
const noop = values['counts-only'] ? null : await startNoop()
const resultsBefore = load.results.length
const calls = async (): Promise<number> => sum(Object.values(await load.vendors.ask('seen')).map((seen) => seen.calls))

const callsBefore = await calls()
await load.vendors.ask('injectFaults', faults)
await load.vendors.ask('watch', true)
const cpu = await cpuNow()
await stallsOf(load.parley.url)
const settled = now() + Number(values.settle) * 1000
const ownLoop = monitorEventLoopDelay({ resolution: 10 })
ownLoop.enable()
await Promise.all([openLoop(rate, seconds, load.operate), noop && openLoop(rate, seconds, noop.ask)])
ownLoop.disable()
const stalls = await stallsOf(load.parley.url)
const cpuAfter = await cpuNow()
const made = (await calls()) - callsBefore

/** Returns the processor time so far, in ms. */
async function cpuNow(): Promise<Record<string, number>> {
  const { user, system } = await load.vendors.ask('cpu')
  const own = process.cpuUsage()
  const vendors = (user + system) / 1000
  return { server: cpuOf(load.parley.pid), vendors, generator: (own.user + own.system) / 1000, noop: noop?.cpu() ?? 0 }
}

const excuse = faults > 0 ? vendorFaults : nothing
const lost = await lossesOf(load, excuse)
const { complete } = judgeReads(load.done, excuse)
const needed =
  sum(load.done.map(({ read }) => read.calls.length)) +
  sum(load.results.slice(resultsBefore).map(({ name }) => perWrite.get(name)!))
const seen = await load.vendors.ask('seen')
const met = sum(Object.values(seen).map((account) => account.faults))
const isSettled = ({ due }: { due: number }): boolean => due >= settled
const timesOf = (some: readonly { due: number; ended: number }[]) =>
  summary(some.filter(isSettled).map(({ due, ended }) => ended - due))
const added = summary(addedTo(load.done.filter(isSettled), await load.vendors.ask('times')))
const noopTimes = timesOf(noop?.done ?? [])
load.parley.kill('SIGTERM')
const exitCode = await load.parley.exited
await load.close()
await noop?.close()

if (!values['counts-only']) {
  const of = (kind: string) => timesOf([...load.done, ...load.writeTimes].filter((one) => one.kind === kind))
  const kinds = ['list', 'walk', 'node', 'two', 'mutation', 'upload']
  console.table({ 'no-op server': noopTimes, added, ...Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) })
  const own = { p99: Math.round(ownLoop.percentile(99) / 1e6), max: Math.round(ownLoop.max / 1e6) }
  console.info('event loop held, ms:', { server: stalls, generator: own })
}
const operations = load.done.length + load.writeTimes.length
const each = Object.entries(cpuAfter).map(([name, ms]) => `${name} ${((ms - cpu[name]!) / operations).toFixed(2)}`)
const outcomes = Object.entries(Object.groupBy(load.results.slice(resultsBefore), ({ outcome }) => outcome))
const bound = Math.max(50, 3 * noopTimes.p99)
const share = made / needed
conclude(faults > 0 ? 'A2' : 'A1', [
  { text: `${operations} operations at ${rate}/s; ${met} faults in ${made} vendor calls`, holds: null },
  { text: `writes: ${outcomes.map(([outcome, all]) => `${all!.length} ${outcome}`).join(', ')}`, holds: null },
  { text: `processor time, ms for each operation: ${each.join(', ')}`, holds: null },
  { text: `${sum(lost.values())} lost (0)${listed(lost)}`, holds: lost.size === 0 },
  {
    text: `${(complete * 100).toFixed(3)} % of the reads complete (≥ 99.8)${listed(incomplete(load.done))}`,
    holds: complete >= 0.998,
  },
  { text: `${share.toFixed(3)} vendor calls for each one needed (≤ 1.12)`, holds: share <= 1.12 },
  { text: `the server ended with ${exitCode} (0)`, holds: exitCode === 0 },
  ...(noop ? [{ text: `p99 added ${added.p99} ms (≤ ${bound.toFixed(0)})`, holds: added.p99 <= bound }] : []),
])
