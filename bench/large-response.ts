import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { z } from 'zod'
import { validateResponse } from '../src/upstream/parse-response.ts'
import { Body } from '../src/upstream/decode.ts'
import { parseJson } from '../src/upstream/json.ts'
import { upstreamLimits } from '../src/upstream/limits.ts'

/**
 * Measures how long a page of 60,000 items, just within the limit of values, holds the event loop: `node
 * bench/large-response.ts`.
 */
const item = (id: number): object => ({
  id: 85746065432000000 + id,
  email: `person${id}@example.com`,
  first_name: 'Ada',
  last_name: 'Lovelace',
  created_at: '2026-01-01T00:00:00Z',
  type: 2,
  status: 'active',
})
const bytes = Buffer.from(JSON.stringify({ items: Array.from({ length: 60_000 }, (_, id) => item(id)) }))
/** Has the form of every list: the items are read one by one. */
const shape = z.object({ items: z.array(z.unknown()) })

const loop = monitorEventLoopDelay({ resolution: 1 })
/** Runs `work`, and prints the longest time for which the event loop was held, in ms. */
async function held<T>(name: string, work: () => Promise<T>): Promise<T> {
  loop.enable()
  await new Promise((resolve) => setTimeout(resolve, 20))
  loop.reset()
  const startedAt = performance.now()
  const result = await work()
  const took = performance.now() - startedAt
  await new Promise((resolve) => setTimeout(resolve, 5))
  loop.disable()
  console.log(`${name}: ${took.toFixed(0)} ms, event loop held at most ${(loop.max / 1e6).toFixed(0)} ms`)
  return result
}

console.log(`${(bytes.length / 2 ** 20).toFixed(1)} MiB`)
for (let round = 0; round < 3; round++) {
  const body = await held('read', async () => {
    const received = new Body(upstreamLimits, undefined)
    for (let at = 0; at < bytes.length; at += 65_536) received.add(bytes.subarray(at, at + 65_536))
    return received.toBuffer()
  })
  const value = await held('parse', () => parseJson(body, upstreamLimits))
  await held('shape', async () => validateResponse(shape, { status: 200, headers: {}, body: value }))
}
