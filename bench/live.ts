import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { startProcess } from '../test/support/server.ts'
import { signHook } from '../test/support/zoom-hook.ts'
import { cpuOf, memoryOf } from './harness/process.ts'
import { StreamReader } from './harness/stream-reader.ts'

/**
 * Measures event streams: `node bench/live.ts [--streams 1000] [--burst 5000] [--rate 50] [--seconds 60]`. Opens the streams,
 * measures the memory of an idle one, sends a burst of webhooks with 100 of the streams open, one of them stalled, and then
 * webhooks at a rate with all streams open. Exits with 1 if a stream lost or repeated an event.
 */
const options = {
  streams: { type: 'string', default: '1000' },
  burst: { type: 'string', default: '5000' },
  rate: { type: 'string', default: '50' },
  seconds: { type: 'string', default: '60' },
} as const
const { values } = parseArgs({ options })
const [streams, burst, rate, seconds] = [values.streams, values.burst, values.rate, values.seconds].map(Number) as [
  number,
  number,
  number,
  number,
]
const burstStreams = Math.min(100, streams)
const concurrency = 50
const secret = 'webhook-secret-of-the-benchmark'
const agent = new Agent({ connections: concurrency, pipelining: 1 })
const holdFile = join(tmpdir(), `parley-live-${process.pid}`)
const server = await startProcess(
  {
    accounts: {
      zoom: {
        vendor: 'zoom',
        accountId: 'a',
        clientId: 'c',
        clientSecret: 's',
        apiUrl: 'http://127.0.0.1:9/v2',
        tokenUrl: 'http://127.0.0.1:9/token',
        webhookSecret: secret,
      },
    },
    limits: { streams: streams + 1, streamsPerCaller: streams + 1, eventLog: 100_000 },
  },
  {
    node: ['--expose-gc', '--import', fileURLToPath(new URL('harness/hold-meter.ts', import.meta.url))],
    environment: { HOLD_FILE: holdFile },
  },
)
let nextId = 1_000_000_000
let isLost = false

/** Sends one webhook and returns the time until its response, in milliseconds. */
async function sendHook(id: number): Promise<number> {
  const now = Date.now()
  const object = { id, uuid: `uuid${id}`, topic: 'Benchmark', host_id: 'host', type: 2, timezone: 'UTC', duration: 30 }
  const body = JSON.stringify({ event: 'meeting.started', event_ts: now, payload: { account_id: 'a', object } })
  const headers = { ...signHook(body, secret), 'content-type': 'application/json' }
  const started = performance.now()
  const response = await request(`${server.url}/hooks/zoom`, { method: 'POST', body, headers, dispatcher: agent })
  await response.body.dump()
  if (response.statusCode !== 204) throw new Error(`webhook: ${response.statusCode}`)
  return performance.now() - started
}

const quantile = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`
const describe = (times: number[]): string => {
  const sorted = times.toSorted((left, right) => left - right)
  return `p50 ${quantile(sorted, 0.5)}, p99 ${quantile(sorted, 0.99)}, max ${quantile(sorted, 1)}`
}

/** Reads the longest time for which the event loop was held since the last call, in milliseconds. */
async function readHold(): Promise<string> {
  process.kill(server.pid, 'SIGUSR2')
  await delay(100)
  return readFileSync(holdFile, 'utf8')
}

class Readers {
  readonly delays: number[] = []
  readonly #readers: StreamReader[] = []
  readonly #received: Map<string, number>[] = []

  async open(count: number): Promise<void> {
    for (let opened = 0; opened < count; opened += 100) {
      const batch = Array.from({ length: Math.min(100, count - opened) }, () => this.#add())
      await Promise.all(batch.map((reader) => reader.waitUntilOpen()))
    }
  }

  stallFirst(): void {
    this.#readers[0]?.pause()
    this.#received.shift()
  }

  /** Waits until every reader has the events, and counts those that were lost or repeated. */
  async check(expected: number): Promise<void> {
    const until = Date.now() + 30_000
    const isComplete = () => this.#received.every((events) => events.size >= expected)
    while (!isComplete() && Date.now() < until) await delay(100)
    const wrong = this.#received.filter((events) => events.size !== expected || [...events.values()].some((n) => n > 1))
    if (wrong.length > 0) isLost = true
    console.info(`  ${wrong.length} of ${this.#received.length} streams lost or repeated an event`)
  }

  close(): void {
    for (const reader of this.#readers) reader.close()
  }

  #add(): StreamReader {
    const events = new Map<string, number>()
    const reader = new StreamReader(server.url, (id, occurredAt) => {
      events.set(id, (events.get(id) ?? 0) + 1)
      this.delays.push(Date.now() - occurredAt)
    })
    this.#readers.push(reader)
    this.#received.push(events)
    return reader
  }
}

/** Measures resident memory after the server had time to collect garbage. */
async function measureMemory(): Promise<number> {
  await delay(3_000)
  return memoryOf(server.pid)
}

async function measureBurst(): Promise<void> {
  const readers = new Readers()
  await readers.open(burstStreams)
  readers.stallFirst()
  await readHold()
  const cpu = cpuOf(server.pid)
  const started = performance.now()
  const times: number[] = []
  const ids = Array.from({ length: burst }, () => nextId++)
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) times.push(await sendHook(id))
    }),
  )
  const took = (performance.now() - started) / 1000
  console.info(`burst of ${burst} webhooks in ${took.toFixed(1)} s, ${burstStreams} streams, one of them stalled`)
  console.info(`  webhook response after ${describe(times)}`)
  await readers.check(burst)
  console.info(`  from webhook to client ${describe(readers.delays)}`)
  console.info(`  CPU ${((cpuOf(server.pid) - cpu) / burst).toFixed(2)} ms per event; loop held ${await readHold()} ms`)
  readers.close()
}

async function measureRate(): Promise<void> {
  const before = await measureMemory()
  const readers = new Readers()
  await readers.open(streams)
  const idle = await measureMemory()
  console.info(
    `${streams} idle streams: ${(((idle - before) * 1024) / streams).toFixed(1)} KiB each (${Math.round(idle)} MiB)`,
  )
  const cpu = cpuOf(server.pid)
  const count = Math.round(rate * seconds)
  const started = performance.now()
  const sent: Promise<number>[] = []
  let minute = idle
  for (let index = 0; index < count; index++) {
    await delay(Math.max(0, started + (index * 1000) / rate - performance.now()))
    sent.push(sendHook(nextId++))
    if (index === Math.round(count / 10)) minute = memoryOf(server.pid)
  }
  const times = await Promise.all(sent)
  const took = (performance.now() - started) / 1000
  console.info(`${count} webhooks at ${rate}/s in ${took.toFixed(1)} s, ${streams} streams`)
  console.info(`  webhook response after ${describe(times)}`)
  await readers.check(count)
  console.info(`  from webhook to client ${describe(readers.delays)}`)
  const used = cpuOf(server.pid) - cpu
  console.info(
    `  CPU ${(used / count).toFixed(2)} ms per event, ${((used / count / streams) * 1000).toFixed(1)} µs per message`,
  )
  console.info(
    `  memory ${Math.round(minute)} MiB after a tenth of the time, ${Math.round(memoryOf(server.pid))} MiB at the end`,
  )
  readers.close()
}

try {
  await measureBurst()
  await measureRate()
} finally {
  await agent.close()
  await server.dispose()
  rmSync(holdFile, { force: true })
}
process.exitCode = isLost ? 1 : 0
