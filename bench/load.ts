import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { post } from './client.ts'
import { startFaultySandboxes } from './faulty-sandboxes.ts'
import { openLoop, summary } from './open-loop.ts'
import { startParley, type LogLine } from './parley.ts'
import { judge, prepareReads, type Read } from './reads.ts'
import { readServer, watchStalls } from './stalls.ts'
import { Writes } from './writes.ts'

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    /** Share of vendor reads that meet a fault, once. */
    faults: { type: 'string', default: '0.05' },
    /** Latencies are shown, neither compared nor judged: for machines that others use. */
    'counts-only': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const [rate, seconds, faults] = [Number(values.rate), Number(values.seconds), Number(values.faults)]

/** The no-op server under the same load: what the machine and the generator add by themselves. */
async function measureNoop(): Promise<number[]> {
  const file = fileURLToPath(new URL('noop-server.ts', import.meta.url))
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString().trim()
  const latencies: number[] = []
  await openLoop(rate, Math.min(10, seconds), async (due) => {
    await post(url, '{"query":"{ ok }"}')
    latencies.push(performance.now() - due)
  })
  child.kill('SIGKILL')
  await once(child, 'exit')
  return latencies
}

/** Per request: the time that its vendor calls took, and how many they were. */
const vendorTimes = new Map<unknown, { ms: number; calls: number }>()
function noteCall({ msg, requestId, ms }: LogLine): void {
  if (msg !== 'vendor call') return
  const before = vendorTimes.get(requestId) ?? { ms: 0, calls: 0 }
  vendorTimes.set(requestId, { ms: before.ms + Number(ms), calls: before.calls + 1 })
}

const vendors = await startFaultySandboxes()
const parley = await startParley(
  { accounts: vendors.accounts },
  { environment: { LOG_LEVEL: 'debug' }, onLine: noteCall },
)
const noop = values['counts-only'] ? [] : await measureNoop()
const reads = await prepareReads(parley.url, Object.keys(vendors.accounts), vendors.calls)
const writes = new Writes(parley.url, vendors.sandboxes)
const writing = await writes.known()

const latencies = {
  list: [] as number[],
  node: [] as number[],
  two: [] as number[],
  mutation: [] as number[],
  upload: [] as number[],
}
const answered: { requestId: string; ms: number }[] = []
const lost = new Map<string, number>()
let [right, unanswered, needed] = [0, 0, 0]
const lose = (why: string): void => void lost.set(why, (lost.get(why) ?? 0) + 1)

async function read(read: Read, due: number): Promise<void> {
  const reply = await post(parley.url, read.body)
  const verdict = judge(read, reply, faults > 0)
  needed += read.calls
  if (verdict === 'right') right++
  else if (verdict === 'unanswered') unanswered++
  else lose(verdict)
  if (!reply.failure) answered.push({ requestId: reply.requestId, ms: performance.now() - due })
}

/** 70 % lists, 15 % single objects, 10 % of two accounts, 4 % mutations, 1 % uploads of 1 MiB. */
async function operate(due: number): Promise<void> {
  const draw = Math.random() * (writing ? 1 : 0.95)
  const kind = draw < 0.7 ? 'list' : draw < 0.85 ? 'node' : draw < 0.95 ? 'two' : draw < 0.99 ? 'mutation' : 'upload'
  if (kind === 'mutation' || kind === 'upload') {
    const problem = await (kind === 'upload' ? writes.upload() : writes.create())
    if (problem) lose(`${kind}: ${problem}`)
  } else await read(reads[kind](), due)
  latencies[kind].push(performance.now() - due)
}

/** What one write of each kind takes in calm: none but these are made by writes. */
async function callsOfWrites(): Promise<{ mutation: number; upload: number }> {
  if (!writing) return { mutation: 0, upload: 0 }
  const count = async (write: () => Promise<string | null>): Promise<number> => {
    await write()
    const before = vendors.calls()
    const problem = await write()
    if (problem) throw new Error(`in calm: ${problem}`)
    return vendors.calls() - before
  }
  return { mutation: await count(() => writes.create()), upload: await count(() => writes.upload()) }
}

const perWrite = await callsOfWrites()
const callsBefore = vendors.calls()
vendors.trouble(faults)
const before = await readServer(parley.url)
const ownStalls = watchStalls()
await openLoop(rate, seconds, operate)
const after = await readServer(parley.url)
const stalls = { server: after.stalls, generator: ownStalls() }
for (const problem of writing ? writes.discrepancies() : []) lose(problem)
needed += latencies.mutation.length * perWrite.mutation + latencies.upload.length * perWrite.upload
const calls = vendors.calls() - callsBefore
parley.kill('SIGTERM')
const exitCode = await parley.exited
await parley.dispose()
await vendors.close()

/** What the server adds to the one call that most operations make. */
const added = answered.flatMap(({ requestId, ms }) => {
  const vendor = vendorTimes.get(requestId)
  return vendor?.calls === 1 ? [ms - vendor.ms] : []
})
const result = {
  operations: Object.values(latencies).reduce((sum, { length }) => sum + length, 0),
  writing,
  faults: vendors.faults(),
  lost: [...lost.values()].reduce((sum, count) => sum + count, 0),
  why: Object.fromEntries(lost),
  readsAnswered: right / (right + unanswered || 1),
  calls,
  needed,
  callsPerNeeded: calls / needed,
  outcomes: writes.outcomes(),
  exitCode,
  noop: summary(noop),
  added: summary(added),
  stalls,
  /** Processor time of the server for one operation. */
  cpuMs: ((after.cpuSeconds - before.cpuSeconds) * 1000) / (rate * seconds),
  ...Object.fromEntries(Object.entries(latencies).map(([kind, times]) => [kind, summary(times)])),
}
const broken = [
  result.lost > 0 && `${result.lost} lost`,
  result.readsAnswered < 0.998 && 'fewer than 99.8 % of the reads answered',
  result.callsPerNeeded > 1.12 && 'more than 1.12 vendor calls for one that was needed',
  exitCode !== 0 && `the server ended with ${exitCode}`,
  !values['counts-only'] &&
    result.added.p99 > Math.max(50, 3 * result.noop.p99) &&
    'p99 added above 50 ms and three times that of the no-op server',
].filter((problem) => problem !== false)

if (values.json) process.stdout.write(`${JSON.stringify({ ...result, broken })}\n`)
else {
  console.table({
    noop: result.noop,
    added: result.added,
    ...Object.fromEntries(
      Object.entries(latencies).map(([kind, times]) => [kind, { operations: times.length, ...summary(times) }]),
    ),
  })
  const { operations, lost: count, why, readsAnswered, callsPerNeeded, outcomes } = result
  console.info(
    `${operations} operations at ${rate}/s, ${result.faults} reads met a fault${writing ? '' : '; no mutations yet'}`,
  )
  console.info(`lost ${count}`, why, outcomes)
  console.info(
    `reads answered ${(readsAnswered * 100).toFixed(3)} %, vendor calls ${callsPerNeeded.toFixed(3)} x needed`,
  )
  console.info(`processor time ${result.cpuMs.toFixed(2)} ms an operation; event loop held, ms:`, stalls)
  console.info(broken.length === 0 ? 'held' : `BROKEN: ${broken.join('; ')}`)
}
process.exit(broken.length === 0 ? 0 : 1)
