import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { post } from '../harness/client.ts'
import { hostileResponses, type HostileResponse } from '../harness/hostile-responses.ts'
import type { Line, Row } from '../harness/row.ts'
import { startProcess, type ServerProcess } from '../../test/support/server.ts'

const maxHoldMs = 50
const sampler = new URL('../harness/hold-sampler.ts', import.meta.url).href

/** The second query reads the whole page, because no user matches. */
const queries = [
  '{ users(first: 5) { nodes { displayName } } }',
  '{ users(first: 5, filter: { search: "nobody" }) { nodes { displayName } } }',
]

export const stallingResponses: Row = {
  title: 'A14: vendor responses that are expensive to read',
  seconds: 120,
  run: async () => {
    let result: { status: number; bytes: Buffer } | null = null
    const vendor = createServer((request, response) => {
      const { status, bytes } = result ?? { status: 200, bytes: Buffer.from('{"next_page_id":-1,"users":[]}') }
      request.resume()
      response.writeHead(status, { 'content-type': 'application/json' }).end(bytes)
    }).listen(0, '127.0.0.1')
    await once(vendor, 'listening')
    const serverUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
    const configuration = {
      accounts: { trueconf: { vendor: 'trueconf', serverUrl, secretKey: 'bench-secret-key' } },
      limits: { attempts: 1, breakerFailures: 1 },
    }
    const parley = await startProcess(configuration, { node: ['--import', sampler] })
    const lines: Line[] = []
    const measure = async ({ name, status, body }: HostileResponse): Promise<void> => {
      result = { status, bytes: body() }
      for (const [index, query] of queries.entries()) {
        await readHold(parley)
        const reply = await post(parley.url, JSON.stringify({ query }))
        const ms = await readHold(parley)
        lines.push({
          text: `${name}${index > 0 ? ', filtered' : ''}: held ${ms} ms (≤ ${maxHoldMs})`,
          holds: ms <= maxHoldMs,
        })
        if (reply.status !== 200) lines.push({ text: `${name}: ${reply.failure ?? reply.status}`, holds: false })
      }
    }
    for (const query of queries) await post(parley.url, JSON.stringify({ query }))
    for (const hostile of hostileResponses) await measure(hostile)
    await parley.dispose()
    vendor.closeAllConnections()
    vendor.close()
    return lines
  },
}

/** Reads how long the server's event loop was held since the last time, in milliseconds of processor time. */
async function readHold(parley: ServerProcess): Promise<number> {
  const read = () => parley.lines().filter(({ msg }) => msg === 'event loop held')
  const before = read().length
  parley.kill('SIGUSR2')
  while (read().length === before) await setTimeout(5)
  return Number(read().at(-1)!['ms'])
}
