import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { request } from 'undici'
import { parse } from 'yaml'
import { createClient } from '../src/client/node.ts'
import { openAccount } from '../src/vendors/accounts.ts'
import { imeetcentral } from '../src/vendors/imeetcentral/index.ts'
import { startProcess } from '../test/support/server.ts'

/**
 * Compares an upload through the server with an upload of the same bytes to the sandbox, and measures the memory that
 * it adds to the server: `node bench/upload.ts [--mib 1024]`. Exits with 1 if a bound is exceeded.
 */
const { values } = parseArgs({ options: { mib: { type: 'string', default: '1024' } } })
const mib = Number(values.mib)
const block = randomBytes(1024 * 1024)
const expected = createHash('sha256')
for (let at = 0; at < mib; at++) expected.update(block)
const sha256 = expected.digest('hex')

const bytes = (): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < mib; at++) yield block
    })(),
    { objectMode: false, highWaterMark: block.length },
  )

const main = fileURLToPath(new URL('../bin/parley.js', import.meta.url))
const sandbox = spawn(process.execPath, [main, 'sandbox'], {
  env: { PATH: process.env['PATH'], PARLEY_SANDBOX_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const firstLine = await createInterface(sandbox.stdout)[Symbol.asyncIterator]().next()
const ready = JSON.parse(firstLine.value as string) as { config: string }
const { accounts } = parse(readFileSync(ready.config, 'utf8')) as { accounts: Record<string, Record<string, string>> }
const settings = accounts['imeetcentral']!
const parley = await startProcess({ accounts: { central: settings } })

/** Returns the resident memory of the server in MiB. */
function memory(): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${parley.pid}/status`, 'utf8'))
  return Number(line?.[1]) / 1024
}

async function straight(): Promise<number> {
  const { vendor: _, ...config } = settings
  const account = openAccount({ key: 'straight', definition: imeetcentral, config: imeetcentral.config.parse(config) })
  const token = await account.upstream.getToken(AbortSignal.timeout(10_000))
  const startedAt = performance.now()
  const response = await request(`${settings['apiUrl']}/files/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token.value}`, 'content-disposition': 'attachment; filename="straight.bin"' },
    body: bytes(),
  })
  await response.body.dump()
  await account.upstream.close()
  if (response.statusCode !== 201) throw new Error(`The sandbox returned status ${response.statusCode}.`)
  return mib / ((performance.now() - startedAt) / 1000)
}

async function through(): Promise<{ rate: number; added: number; equal: boolean }> {
  const client = createClient({ url: `${parley.url}/graphql` })
  const before = memory()
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, memory())), 20)
  const startedAt = performance.now()
  const payload = await client.upload(
    bytes(),
    { account: 'central' },
    { name: 'through.bin', size: mib * block.length },
  )
  const rate = mib / ((performance.now() - startedAt) / 1000)
  clearInterval(watch)
  return { rate, added: peak - before, equal: payload.file?.sha256 === sha256 && payload.outcome === 'SUCCEEDED' }
}

// A small upload first, so that the code that every first upload loads does not count.
const warm = createClient({ url: `${parley.url}/graphql` })
await warm.upload(Readable.from([block], { objectMode: false }), { account: 'central' }, { name: 'warm.bin' })
const direct = await straight()
const result = await through()
console.log(`${mib} MiB straight to the sandbox: ${direct.toFixed(0)} MiB/s`)
console.log(
  `${mib} MiB through the server: ${result.rate.toFixed(0)} MiB/s (${(result.rate / direct).toFixed(2)} of straight), ` +
    `memory + ${result.added.toFixed(0)} MiB (at most 96), sha256 ${result.equal ? 'equal' : 'DIFFERS'}`,
)
await parley.dispose()
sandbox.kill('SIGTERM')
process.exitCode = result.equal && result.added <= 96 ? 0 : 1
