import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, Pool } from 'undici'
import { createRequest, startContestant, startPeer } from './harness/contest.ts'
import { workloads } from './peers/workloads.ts'

/**
 * `npm run check:allocations`: KiB that Parley allocates per request. The result does not depend on how busy the
 * machine is. A bound is 10 % above the value that was measured when it was set. Lower it if less is allocated; raise
 * it only with a reason.
 */
const maxKiB: Record<string, number> = { W1: 502, W1n: 309, W3: 605, W4: 69 }

/** In the last rounds, all code is compiled. The smallest of their values counts. */
const warmUpRequests = 500
const rounds = 6
const requestsPerRound = 20
/** Larger than the allocations of one round, so that no garbage is collected in it. */
const youngGenerationMiB = 256

interface HeapReport {
  heapUsed: number
  collections: number
}

const folder = await mkdtemp(join(tmpdir(), 'parley-heap-'))
const socketPath = join(folder, 'heap')
const reporter = new Client('http://localhost', { socketPath })

async function report(path: '/collect' | '/used'): Promise<HeapReport> {
  const { body } = await reporter.request({ method: 'GET', path })
  return (await body.json()) as HeapReport
}

async function measureRound(send: () => Promise<void>): Promise<number> {
  await report('/collect')
  const before = await report('/used')
  for (let count = 0; count < requestsPerRound; count++) await send()
  const after = await report('/used')
  return after.collections > before.collections
    ? Infinity
    : (after.heapUsed - before.heapUsed) / requestsPerRound / 1024
}

const upstream = await startPeer('upstream.ts')
const node = [
  '--expose-gc',
  `--min-semi-space-size=${youngGenerationMiB}`,
  `--max-semi-space-size=${youngGenerationMiB}`,
  '--import',
  fileURLToPath(new URL('./harness/heap-reporter.ts', import.meta.url)),
]
const parley = await startContestant(upstream.url, node, { PARLEY_BENCH_SOCKET: socketPath })
const pool = new Pool(parley.url, { connections: 1 })
try {
  process.stdout.write('| workload | KiB per request | bound |\n|---|---|---|\n')
  for (const workload of workloads) {
    const request = createRequest('parley', workload)
    const send = async (): Promise<void> => {
      const { statusCode, body } = await pool.request(request)
      const text = await body.text()
      if (statusCode !== 200 || text.includes('"errors"')) throw new Error(`${statusCode}: ${text.slice(0, 300)}`)
    }
    for (let count = 0; count < warmUpRequests; count++) await send()
    const measured: number[] = []
    for (let round = 0; round < rounds; round++) measured.push(await measureRound(send))
    const kib = Math.min(...measured)
    const bound = maxKiB[workload.name]!
    process.stdout.write(`| ${workload.name}: ${workload.title} | ${kib.toFixed(1)} | ${bound} |\n`)
    if (process.env['VERBOSE']) process.stdout.write(`${measured.map((each) => each.toFixed(1)).join(' ')}\n`)
    if (kib > bound) process.exitCode = 1
  }
} finally {
  await pool.destroy()
  await reporter.destroy()
  await parley.close()
  await upstream.close()
  await rm(folder, { recursive: true, force: true })
}
