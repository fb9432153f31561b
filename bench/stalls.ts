import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { hostile, strictHeaders } from './harness/hostile.ts'
import { post } from './harness/client.ts'
import { Load } from './harness/load.ts'
import { memoryOf } from './harness/process.ts'

/**
 * Measures how long each hostile request holds the server's event loop: `node bench/stalls.ts [words of a name]`. Shows
 * the smallest of three values, because code is not compiled yet in the first round.
 */
const rounds = 3
const maxStallMs = 50
const settleMs = 30
const wanted = process.argv[2] ?? ''
const folder = mkdtempSync(join(tmpdir(), 'parley-stalls-'))
const file = join(folder, 'longest')
const meter = fileURLToPath(new URL('harness/hold-meter.ts', import.meta.url))
const load = await Load.open({ node: ['--import', meter], environment: { HOLD_FILE: file } })
const { url, pid } = load.parley

/** Returns the longest hold since the last call, in ms. */
async function readHold(): Promise<number> {
  await delay(settleMs)
  process.kill(pid, 'SIGUSR2')
  await delay(settleMs)
  return Number(readFileSync(file, 'utf8'))
}

/** A different document each time, because valid ones are cached. */
function makeUnique(body: string | Buffer, round: number): string | Buffer {
  const start = '{"query":"'
  const isDocument = typeof body === 'string' && body.startsWith(start) && body.length < 1_000_000
  return isDocument ? `${start}#${round}\\n${body.slice(start.length)}` : body
}

let stalled = 0
for (const { name, body, headers, status } of hostile.filter((each) => each.name.includes(wanted))) {
  const holds: number[] = []
  let result = ''
  for (let round = 0; round < rounds; round++) {
    await readHold()
    const reply = await post(url, makeUnique(body, round), { ...strictHeaders, ...headers })
    holds.push(await readHold())
    const code = /"code":"([A-Z_]+)"/.exec(reply.text)?.[1] ?? 'ok'
    const isExpected = status.includes(reply.status)
    result = `${reply.failure ?? reply.status} ${code}${isExpected ? '' : ' (unexpected)'}, ${Math.round(reply.text.length / 1024)} kB`
  }
  const shortest = Math.min(...holds)
  if (shortest > maxStallMs) stalled++
  console.info(`${shortest > maxStallMs ? 'STALL' : '     '} ${String(shortest).padStart(5)} ms  ${name}: ${result}`)
}
console.info(
  `${stalled} requests held the event loop for more than ${maxStallMs} ms; ${Math.round(memoryOf(pid))} MiB resident`,
)
await load.close()
rmSync(folder, { recursive: true })
process.exit(0)
