import { setTimeout } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Problem } from '../../src/core/errors.ts'
import { path } from '../../src/upstream/path.ts'
import * as faults from '../support/faults.ts'
import { serialise } from '../support/raw-http.ts'
import { open, upload } from '../vendors/zoom/open.ts'
import { expectProblem, problemOf, steppedClock, withRow, type Row } from './row.ts'

/** A vendor that runs one write at a time and rejects the others. */
function locked(row: Row): void {
  let busy = 0
  row.server.script({
    match: /^POST/,
    kind: ({ socket }) => {
      const free = busy++ === 0
      void setTimeout(10).then(() => {
        busy--
        const rejection = { status: 429, body: { code: 429, message: 'Too many concurrent requests.' } }
        socket.write(serialise(free ? { status: 201, body: { id: 'new' }, effect: 'created' } : rejection))
      })
    },
  })
}

describe('KeyedMutex', () => {
  test('runs writes with the same lock key one after another', () =>
    withRow({}, async (row) => {
      locked(row)
      const writes = Array.from({ length: 5 }, () => row.write(row.call(), { lockKey: 'meeting 1' }))
      expect(await Promise.all(writes)).toEqual(Array(5).fill('new'))
      expect(row.server.ledger.requests).toHaveLength(5)
    }))

  /** Starts a write that gets no response, and waits until the vendor has received it. */
  async function startStuckWrite(row: Row): Promise<{ abort(): void; stuck: Promise<Problem> }> {
    row.server.script({ match: /^POST/, times: 1, kind: faults.silent })
    const caller = new AbortController()
    const stuck = problemOf(row.write(row.call().fork({ signal: caller.signal }), { lockKey: 'meeting 1' }))
    await vi.waitFor(() => expect(row.server.ledger.requests).toHaveLength(1))
    return { abort: () => caller.abort(), stuck }
  }

  test('does not delay writes with another lock key', () =>
    withRow({}, async (row) => {
      const { abort, stuck } = await startStuckWrite(row)
      const call = row.call()
      expect(await row.write(call, { lockKey: 'meeting 2' })).toBe('new')
      expect(await row.write(call)).toBe('new')
      abort()
      expectProblem(await stuck, { code: 'DEADLINE_EXCEEDED', delivery: 'unknown' })
    }))

  test('does not send a write whose wait is canceled, and keeps the order of the others', () =>
    withRow({}, async (row) => {
      const { abort, stuck } = await startStuckWrite(row)
      const hasty = new AbortController()
      const canceled = problemOf(row.write(row.call().fork({ signal: hasty.signal }), { lockKey: 'meeting 1' }))
      const last = row.write(row.call(), { lockKey: 'meeting 1' })
      hasty.abort()
      expectProblem(await canceled, { code: 'DEADLINE_EXCEEDED', delivery: 'not-sent' })
      // A write that did not wait would arrive before this one.
      expect(await row.write()).toBe('new')
      expect(row.server.ledger.requests).toHaveLength(2)
      abort()
      expect((await stuck).code).toBe('DEADLINE_EXCEEDED')
      expect(await last).toBe('new')
      expect(row.server.ledger.requests).toHaveLength(3)
    }))

  test('retries a write that the vendor rejects as concurrent, within the deadline', () => {
    const clock = steppedClock()
    return withRow({ clock, random: () => 0 }, async (row) => {
      row.server.script({ match: /^POST/, kind: faults.reply({ status: 429, body: {} }), times: 2 })
      expect(await row.write(row.call(), { lockKey: 'meeting 1' })).toBe('new')
      expect(clock.slept).toEqual([1_000, 2_000])
      expect(row.server.ledger.requests).toHaveLength(3)
    })
  })
})

describe('a single-use read', () => {
  const shape = z.object({ items: z.array(z.unknown()) })
  const read = (row: Row, call = row.call()) =>
    row.upstream.client.read(path`/items`, { schema: shape, singleUse: true }, call)

  test('is sent each time', () =>
    withRow({}, async (row) => {
      const call = row.call()
      await Promise.all([read(row, call), read(row, call)])
      expect(row.server.ledger.requests).toHaveLength(2)
      expect(call.readCache.size).toBe(0)
    }))

  test.each([
    ['closed', faults.closed],
    ['failed', faults.reply({ status: 503 })],
    ['cut short', faults.bodyShort],
  ])('is not retried if the response was lost: %s', (_, kind) =>
    withRow({}, async (row) => {
      await row.read()
      row.server.script({ kind })
      expect((await problemOf(read(row))).delivery).not.toBe('not-sent')
      expect(row.server.ledger.requests).toHaveLength(2)
      // A retry on the same connection could fail, because the vendor may be about to close it.
      expect(row.server.ledger.connects).toBe(2)
    }),
  )

  test('is retried once after a rejected token, and if it was not sent', () =>
    withRow({}, async (row) => {
      row.server.script({ kind: faults.reply({ status: 401 }), times: 1 })
      await row.server.stopListening()
      const reading = read(row)
      await row.server.listen()
      expect(await reading).toMatchObject({ items: expect.any(Array) })
      expect(row.server.ledger.requests).toHaveLength(2)
      expect(row.tokenFetches()).toBe(2)
    }))
})

test('uploads pictures of one Zoom user one after another', async () => {
  const { sandbox, vendor, call, owner } = await open({ latency: () => 30 })
  const file = () => upload(Buffer.alloc(1_000), { name: 'me.png', contentType: 'image/png' })
  const at = () => sandbox.ledger.filter(({ path }) => path.endsWith('/picture')).map((entry) => entry.at)
  await Promise.all(Array.from({ length: 3 }, () => vendor.uploadAvatar(owner.id, file(), call())))
  const [first = 0, second = 0, third = 0] = at()
  expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(25)
  expect(sandbox.effects).toHaveLength(3)
})
