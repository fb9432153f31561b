import { Pool } from 'undici'
import { createRequest, readCpuMs, startContestant, startPeer, type Participant } from './harness/contest.ts'
import { workloads, type Contestant, type Workload } from './peers/workloads.ts'

/**
 * `npm run bench`: processor time of Parley and of plain Yoga per request, as a multiple of an aggregator written by hand.
 * Contestants take turns in short windows, and each ratio is that of one cycle, so that a machine whose speed changes does not matter.
 */
const cycles = 12
const windowMs = 120
const warmUpMs = 500
const connections = 8

const contestants: readonly Contestant[] = ['aggregator', 'yoga', 'parley']

interface Runner extends Participant {
  pool: Pool
}

async function send({ pool }: Runner, request: ReturnType<typeof createRequest>): Promise<string> {
  const { statusCode, body } = await pool.request(request)
  const text = await body.text()
  if (statusCode !== 200 || text.includes('"errors"')) throw new Error(`${statusCode}: ${text.slice(0, 300)}`)
  return text
}

/** Sends requests over all connections for this time. Returns the processor time per request, in ms. */
async function runWindow(runner: Runner, contestant: Contestant, workload: Workload, ms: number): Promise<number> {
  const request = createRequest(contestant, workload)
  const end = performance.now() + ms
  const before = readCpuMs(runner.pid)
  let count = 0
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      await send(runner, request)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, loop))
  return (readCpuMs(runner.pid) - before) / count
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

async function measure(runners: Record<Contestant, Runner>, workload: Workload): Promise<string> {
  for (const name of contestants) await runWindow(runners[name], name, workload, warmUpMs)
  const ratios: Record<Contestant, number[]> = { aggregator: [], yoga: [], parley: [] }
  const times: number[] = []
  for (let cycle = 0; cycle < cycles; cycle++) {
    const spent = {} as Record<Contestant, number>
    for (const name of contestants) spent[name] = await runWindow(runners[name], name, workload, windowMs)
    for (const name of contestants) ratios[name].push(spent[name] / spent.aggregator)
    times.push(spent.parley)
  }
  const [parley, yoga] = [median(ratios.parley).toFixed(1), median(ratios.yoga).toFixed(1)]
  return `| ${workload.name}: ${workload.title} | ${parley} | ${yoga} | ${median(times).toFixed(2)} ms |`
}

const upstream = await startPeer('upstream.ts')
const environment = { UPSTREAM: upstream.url }
const started = {
  aggregator: await startPeer('aggregator.ts', environment),
  yoga: await startPeer('yoga.ts', environment),
  parley: await startContestant(upstream.url),
}
const toRunner = (participant: Participant): Runner => ({
  ...participant,
  pool: new Pool(participant.url, { connections }),
})
const runners = {
  aggregator: toRunner(started.aggregator),
  yoga: toRunner(started.yoga),
  parley: toRunner(started.parley),
}
try {
  process.stdout.write('Processor time per request, as a multiple of an aggregator written by hand:\n\n')
  process.stdout.write('| workload | Parley | plain Yoga | Parley, absolute |\n|---|---|---|---|\n')
  for (const workload of workloads) process.stdout.write(`${await measure(runners, workload)}\n`)
} finally {
  for (const { pool, close } of Object.values(runners)) {
    await pool.destroy()
    await close()
  }
  await upstream.close()
}
