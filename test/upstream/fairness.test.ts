import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { CallContext } from '../../src/upstream/call-context.ts'
import { path } from '../../src/upstream/path.ts'
import { ManualClock } from '../operations/clock.ts'
import * as faults from '../support/faults.ts'
import type { ScriptedResponse, VendorRequest } from '../support/raw-http.ts'
import { expectProblem, fiveIds, problemOf, steppedClock, withRow, type Row, type RowOptions } from './row.ts'

const anything = z.looseObject({})

/** A vendor whose responses wait until the test releases them. */
function createHeldVendor() {
  const waiting: { caller: string; release: (response: ScriptedResponse) => void }[] = []
  const received: string[] = []
  return {
    received,
    waiting,
    response: ({ path }: VendorRequest): Promise<ScriptedResponse> => {
      const caller = path.split('/')[2]!
      received.push(caller)
      return new Promise((release) => waiting.push({ caller, release }))
    },
    /** Responds to the request that has waited longest. */
    release: (response: ScriptedResponse = { body: {} }) => waiting.shift()!.release(response),
  }
}

interface Callers {
  row: Row
  vendor: ReturnType<typeof createHeldVendor>
  clock: ManualClock
  read(caller: string, options?: Partial<CallContext>): Promise<unknown>
  write(caller: string, resource?: string): Promise<unknown>
  /** Waits until the vendor has received this number of requests. */
  expectReceived(count: number): Promise<void>
  /** Responds to this number of requests, each as soon as it arrives. */
  release(count: number): Promise<void>
}

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 1, timeout: 10_000 })

function withCallers(limits: RowOptions['limits'], run: (callers: Callers) => Promise<void>): Promise<void> {
  const vendor = createHeldVendor()
  const clock = new ManualClock()
  return withRow(
    { isShared: true, clock, random: () => 0, limits: { queueWait: 60_000, ...limits }, respond: vendor.response },
    (row) => {
      const start = (caller: string): CallContext =>
        new CallContext({ caller, signal: new AbortController().signal, time: { deadline: clock.now() + 25_000 } })
      return run({
        row,
        vendor,
        clock,
        read: (caller, options) =>
          row.upstream.client.read(path`/${caller}`, { schema: anything }, start(caller).fork(options)),
        write: (caller, resource) =>
          row.upstream.client.write(
            'POST',
            path`/${caller}`,
            { json: {}, ...(resource && { lockKey: resource }) },
            start(caller),
          ),
        expectReceived: (count) => soon(() => expect(vendor.received).toHaveLength(count)),
        release: async (count) => {
          for (let left = count; left > 0; left--) {
            await soon(() => expect(vendor.waiting).not.toEqual([]))
            vendor.release()
          }
        },
      })
    },
  )
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

describe('an account that callers share', () => {
  test('starts a caller at once while another one has filled its share with calls that hang', () =>
    withCallers({ inFlight: 4 }, async ({ vendor, read, expectReceived, release }) => {
      const greedy = times(20, () => read('greedy'))
      await expectReceived(2)
      const ada = times(2, () => read('ada'))
      await expectReceived(4)
      expect(vendor.received).toEqual(['greedy', 'greedy', 'ada', 'ada'])
      await release(22)
      await Promise.all([...greedy, ...ada])
    }))

  test('sends waiting calls in turn, one of each caller', () =>
    withCallers({ inFlight: 1 }, async ({ vendor, read, release }) => {
      const reads = [...times(6, () => read('greedy')), ...times(2, () => read('ada')), read('bob')]
      await release(9)
      await Promise.all(reads)
      expect(vendor.received.join(' ')).toBe('greedy greedy ada bob greedy ada greedy greedy greedy')
    }))

  test('rejects the newest call of the caller with the most waiting calls when the queue is full', () =>
    withCallers({ inFlight: 2, queue: 8 }, async ({ row, read, expectReceived, release }) => {
      const greedy = times(30, () => read('greedy').catch((error: unknown) => error))
      const ada = times(3, () => read('ada'))
      await expectReceived(2)
      expect(row.upstream.getHealth()).toMatchObject({ inFlight: 2, queued: 8 })
      await release(10)
      await Promise.all(ada)
      const problems = (await Promise.all(greedy)).filter((result) => result instanceof Error)
      expect(problems).toHaveLength(30 - 7)
      for (const problem of problems) expect(problem).toMatchObject({ code: 'OVERLOADED', delivery: 'not-sent' })
    }))

  test('ends a wait at once when the signal aborts, and does not send the call', () =>
    withCallers({ inFlight: 1 }, async ({ row, vendor, read, expectReceived }) => {
      const first = read('ada')
      const leaving = new AbortController()
      const second = problemOf(read('ada', { signal: leaving.signal }))
      await expectReceived(1)
      await soon(() => expect(row.upstream.getHealth().queued).toBe(1))
      leaving.abort()
      expectProblem(await second, { code: 'DEADLINE_EXCEEDED', delivery: 'not-sent' })
      expect(row.upstream.getHealth()).toMatchObject({ inFlight: 1, queued: 0 })
      vendor.release()
      await first
      expect(vendor.received).toHaveLength(1)
    }))

  test('runs writes with the same lock key in turn, one of each caller', () =>
    withCallers({}, async ({ vendor, write, release }) => {
      const writes = [...times(5, () => write('greedy', 'meeting 1')), write('ada', 'meeting 1')]
      await release(6)
      await Promise.all(writes)
      expect(vendor.received.join(' ')).toBe('greedy greedy ada greedy greedy greedy')
    }))

  test('rejects writes with the same lock key if too many are waiting', () =>
    withCallers({}, async ({ vendor, write, release }) => {
      const greedy = times(300, () => write('greedy', 'meeting 1').catch((error: unknown) => error))
      const ada = write('ada', 'meeting 1')
      await release(257)
      await ada
      const problems = (await Promise.all(greedy)).filter((result) => result instanceof Error)
      expect(problems).toHaveLength(300 - 256)
      for (const problem of problems) expect(problem).toMatchObject({ code: 'OVERLOADED', delivery: 'not-sent' })
      expect(vendor.received[2]).toBe('ada')
    }))
})

describe('a rate limit that one caller has reached', () => {
  const throttled = (header?: string): ScriptedResponse => ({
    status: 429,
    headers: header === undefined ? {} : { 'Retry-After': header },
    body: {},
  })

  test.each([
    ['with a time', '2', 2_000],
    ['without a time', undefined, 1_000],
  ])('continues waiting calls in turn and does not count the cooldown against them: %s', (_, header, holdMs) =>
    withCallers({ inFlight: 2 }, async ({ row, vendor, clock, read, expectReceived, release }) => {
      const greedy = times(6, () => read('greedy'))
      await expectReceived(1)
      const ada = [read('ada')]
      await expectReceived(2)
      ada.push(read('ada'), read('ada'))
      vendor.release(throttled(header))
      await soon(() => expect(row.upstream.getHealth().rateLimitedUntil).toBe(clock.now() + holdMs))
      vendor.release()
      await soon(() => expect(row.upstream.getHealth().inFlight).toBe(0))
      expect(vendor.received).toEqual(['greedy', 'ada'])
      clock.advance(holdMs)
      await release(8)
      await Promise.all([...greedy, ...ada])
      expect(vendor.received.slice(2).join(' ')).toBe('greedy ada greedy ada greedy greedy greedy greedy')
    }),
  )

  test('rejects calls at once whose deadline is before the end of the cooldown', () =>
    withCallers({ inFlight: 1 }, async ({ row, vendor, clock, read, expectReceived }) => {
      const until = clock.now() + 3_600_000
      const reads = [problemOf(read('greedy')), problemOf(read('ada'))]
      await expectReceived(1)
      vendor.release(throttled('3600'))
      const [rejected, waiting] = await Promise.all(reads)
      expectProblem(rejected!, { code: 'VENDOR_RATE_LIMITED', delivery: 'rejected' })
      expectProblem(waiting!, { code: 'VENDOR_RATE_LIMITED', delivery: 'not-sent' })
      expect(waiting!.retryAt).toBe(until)
      expect(row.upstream.getHealth()).toMatchObject({ inFlight: 0, queued: 0 })
    }))

  test('ends on time if a timer fires 1 ms early', () => {
    const clock = steppedClock()
    const sleep = (ms: number, signal: AbortSignal) => clock.sleep(Math.max(1, ms - 1), signal)
    return withRow({ clock: { now: clock.now, sleep }, random: () => 0 }, async (row) => {
      row.server.script({ kind: faults.reply(throttled('2')), times: 1 })
      expect(await row.read()).toEqual(fiveIds)
      expect(clock.slept).toEqual([1_999, 1])
    })
  })
})

describe('a caller whose requests make the vendor fail', () => {
  const failing = { match: /greedy/, kind: faults.reply({ status: 500 }) }
  const respond = (): ScriptedResponse => ({ body: {} })
  const read = (row: Row, caller: string) =>
    row.upstream.client.read(path`/${caller}`, { schema: anything }, row.call().fork({ caller }))

  test('stops only itself', () =>
    withRow({ isShared: true, respond: respond, limits: { breakerFailures: 0.5 } }, async (row) => {
      row.server.script(failing)
      for (let count = 0; count < 100; count++) {
        await problemOf(read(row, 'greedy'))
        await read(row, 'ada')
      }
      expect(row.server.ledger.requests.filter(({ path }) => path === '/v1/greedy').length).toBeLessThanOrEqual(22)
      await read(row, 'bob')
      expect(row.upstream.getHealth().isBreakerOpen).toBe(false)
    }))

  test('uses up at most its share of the retries', () =>
    withRow({ isShared: true, respond: respond }, async (row) => {
      row.server.script(failing, { match: /ada/, times: 1, kind: faults.reply({ status: 500 }) })
      for (let count = 0; count < 60; count++) await problemOf(read(row, 'greedy'))
      expect(row.upstream.getHealth().retryQuota).toBeGreaterThanOrEqual(250)
      await read(row, 'ada')
    }))

  test('stops all callers, including new ones, if several callers see the outage', () =>
    withRow({ isShared: true, respond: respond, limits: { breakerFailures: 0.5, attempts: 1 } }, async (row) => {
      row.server.script({ kind: faults.reply({ status: 500 }) })
      for (const caller of ['ada', 'bob', 'cyd', 'dan'])
        for (let count = 0; count < 5; count++) await problemOf(read(row, caller))
      const problem = await problemOf(read(row, 'eve'))
      expectProblem(problem, { code: 'VENDOR_UNAVAILABLE', delivery: 'not-sent', status: null })
      expect(row.upstream.getHealth().isBreakerOpen).toBe(true)
      expect(row.server.ledger.requests).toHaveLength(20)
    }))
})
