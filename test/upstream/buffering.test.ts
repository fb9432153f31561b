import { expect, test } from 'vitest'
import { ByteBudget } from '../../src/core/byte-budget.ts'
import type { CallContext } from '../../src/upstream/call-context.ts'
import { ReplayableStream } from '../../src/upstream/replayable-stream.ts'
import { healthy, openRow, problemOf, type RowOptions } from './row.ts'

const MiB = 1024 ** 2

async function open(limitBytes: number, options: RowOptions = {}) {
  const row = await openRow(options)
  const budget = new ByteBudget(limitBytes)
  return { ...row, budget, as: (caller: string): CallContext => row.call().fork({ caller, budget }) }
}

const large = JSON.stringify({ items: [{ id: '1' }], rest: 'x'.repeat(2.5 * MiB) })

test("reads a vendor's response only if it fits into the caller's share, and gives the bytes back", async () => {
  const { read, as, budget, close } = await open(10 * MiB, { respond: () => ({ body: large }) })
  const other = budget.reserve('greedy')
  other.hold(4 * MiB)
  expect(await problemOf(read(as('greedy')))).toMatchObject({ code: 'OVERLOADED', retryable: true })
  expect(await read(as('other'))).toEqual(['1'])
  expect(budget.usedBytes).toBe(4 * MiB)
  other.release()
  expect(await read(as('greedy'))).toEqual(['1'])
  expect(budget.usedBytes).toBe(0)
  await close()
})

test('reads a small response of a caller whose share is full', async () => {
  const { read, as, budget, close } = await open(MiB)
  budget.reserve('greedy').hold(MiB / 2)
  expect(await read(as('greedy'))).toHaveLength(5)
  await close()
})

async function* chunks(count: number, size: number): AsyncGenerator<Buffer> {
  for (let number = 0; number < count; number++) yield Buffer.alloc(size, number)
}

test.each([
  ['sends a stream again after a rejected token while there is memory to keep it', 10 * MiB, 'new'],
  ['sends a stream once if there is no memory to keep it', MiB, null],
])('%s', async (_, limitBytes, result) => {
  let posts = 0
  const { write, as, budget, close } = await open(limitBytes, {
    respond: (request) => (request.method === 'POST' && ++posts === 1 ? { status: 401 } : healthy(request)),
  })
  const stream = write(as('one'), { json: undefined, stream: chunks(20, 50_000) })
  expect(await stream.catch(() => null)).toBe(result)
  expect(posts).toBe(result === null ? 1 : 2)
  expect(budget.usedBytes).toBe(0)
  await close()
})

test('counts the overhead of each kept chunk', async () => {
  const budget = new ByteBudget(10 * MiB)
  const replay = new ReplayableStream(chunks(10_000, 1), budget.reserve('one'))
  for await (const chunk of replay.restart()) expect(chunk).toHaveLength(1)
  expect(replay.isReplayable).toBe(true)
  expect(budget.usedBytes).toBeGreaterThan(MiB)
  replay.close()
  expect(budget.usedBytes).toBe(0)
})
