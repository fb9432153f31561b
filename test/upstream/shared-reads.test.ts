import { describe, expect, test, vi } from 'vitest'
import { ByteBudget } from '../../src/core/byte-budget.ts'
import { Problem } from '../../src/core/errors.ts'
import { CallContext, type CallOptions } from '../../src/upstream/call-context.ts'
import { path } from '../../src/upstream/path.ts'
import type { ReadOptions } from '../../src/upstream/vendor-client.ts'
import * as faults from '../support/faults.ts'
import type { ScriptedResponse, VendorRequest } from '../support/raw-http.ts'
import { problemOf, withRow, type Row, type RowOptions } from './row.ts'

interface HeldRequest {
  path: string
  method: string
  respond(response?: ScriptedResponse): void
}

/** A vendor whose responses wait until the test sends them. */
function createHeldVendor() {
  const received: HeldRequest[] = []
  return {
    received,
    response: ({ method, path }: VendorRequest): Promise<ScriptedResponse> =>
      new Promise((resolve) => {
        const respond = (response: ScriptedResponse = { body: { path } }): void => resolve(response)
        received.push({ method, path: path.slice('/v1'.length), respond })
      }),
  }
}

const readBody = (body: unknown): { body: unknown } => ({ body })

interface Fixture {
  row: Row
  received: HeldRequest[]
  open(options?: Partial<CallOptions>): CallContext
  read(call?: CallContext, name?: string, options?: Partial<ReadOptions<{ body: unknown }>>): Promise<{ body: unknown }>
  /** Waits until the vendor has received this number of requests. */
  expectReceived(count: number): Promise<void>
}

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 1, timeout: 10_000 })

/** Runs a test with an account that several callers share. Contexts allow that reads join others by default. */
function withVendor(run: (fixture: Fixture) => Promise<void>, options: RowOptions = {}): Promise<void> {
  const vendor = createHeldVendor()
  const limits = { queueWait: 60_000, ...options.limits }
  return withRow({ isShared: true, respond: vendor.response, ...options, limits }, (row) => {
    const open = (changes: Partial<CallOptions> = {}): CallContext =>
      new CallContext({
        caller: 'ada',
        signal: new AbortController().signal,
        time: { deadline: Date.now() + 25_000 },
        maxAgeMs: Infinity,
        ...changes,
      })
    return run({
      row,
      received: vendor.received,
      open,
      read: (call = open(), name = 'users', changes = {}) =>
        row.upstream.client.read(path`/${name}`, { schema: readBody, ...changes }, call),
      expectReceived: (count) => soon(() => expect(vendor.received).toHaveLength(count)),
    })
  })
}

/** Waits until everything that is already possible has happened: another request was received. */
async function settle({ read, received, expectReceived }: Fixture): Promise<void> {
  const before = received.length
  const marker = read(undefined, `marker${before}`)
  await expectReceived(before + 1)
  received.splice(before, 1)[0]!.respond()
  await marker
}

describe('SharedReads', () => {
  test('makes one vendor call for equal reads of 40 callers, and one for each other URL', () =>
    withVendor(async ({ read, open, received, expectReceived }) => {
      const equal = Array.from({ length: 40 }, (_, index) => read(open({ caller: `caller ${index}` })))
      const other = read(open(), 'conferences')
      await expectReceived(2)
      for (const request of received) request.respond()
      const results = await Promise.all(equal)
      expect(new Set(results).size).toBe(40)
      expect(results.every(({ body }) => (body as { path: string }).path === '/v1/users')).toBe(true)
      expect((await other).body).toEqual({ path: '/v1/conferences' })
      expect(received.map(({ path }) => path)).toEqual(['/users', '/conferences'])
    }))

  test('makes a new call after the response has arrived', () =>
    withVendor(async ({ read, received, expectReceived }) => {
      const first = read()
      await expectReceived(1)
      received[0]!.respond()
      await first
      const second = read()
      await expectReceived(2)
      received[1]!.respond({ body: { second: true } })
      expect(await second).toEqual({ body: { second: true } })
    }))

  test('continues the call when the reader that started it leaves', () =>
    withVendor(async (fixture) => {
      const { read, open, received, expectReceived, row } = fixture
      const leaving = new AbortController()
      const first = problemOf(read(open({ signal: leaving.signal })))
      const others = [read(open({ caller: 'bob' })), read()]
      await expectReceived(1)
      leaving.abort(new Problem('DEADLINE_EXCEEDED', 'The deadline was exceeded.'))
      expect((await first).code).toBe('DEADLINE_EXCEEDED')
      await settle(fixture)
      received[0]!.respond()
      expect(await Promise.all(others)).toHaveLength(2)
      expect(row.server.ledger.requests.filter(({ path }) => path === '/v1/users')).toHaveLength(1)
    }))

  test('cancels the call when the last reader leaves, and lets no later read join it', () => {
    // A retry of the call that hangs must not look like the call of the later read.
    const limits = { headersTimeout: 60_000, attemptTimeout: 60_000 }
    return withVendor(
      async ({ read, open, received, expectReceived, row }) => {
        const leaving = new AbortController()
        const reads = ['ada', 'bob'].map((caller) => problemOf(read(open({ caller, signal: leaving.signal }))))
        await expectReceived(1)
        leaving.abort()
        const late = read()
        expect((await Promise.all(reads)).map(({ code }) => code)).toEqual(['DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED'])
        await soon(() => expect(row.upstream.getHealth().inFlight).toBe(1))
        await expectReceived(2)
        received[1]!.respond()
        await late
      },
      { limits },
    )
  })

  test('reports a failure to every waiting reader, and to no later one', () =>
    withVendor(async ({ read, open, received, expectReceived }) => {
      const reads = ['ada', 'bob', 'eve'].map((caller) => problemOf(read(open({ caller }))))
      await expectReceived(1)
      received[0]!.respond({ status: 404, body: {} })
      expect((await Promise.all(reads)).map(({ code }) => code)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'])
      const late = read()
      await expectReceived(2)
      received[1]!.respond()
      await late
    }))

  test('retries until the latest deadline of the readers', () =>
    withVendor(
      async ({ read, open, received, expectReceived }) => {
        const soonOver = read(open({ time: { deadline: Date.now() + 1_000 } }))
        const patient = read(open({ caller: 'bob' }))
        await expectReceived(1)
        received[0]!.respond({ status: 503, body: {} })
        await expectReceived(2)
        received[1]!.respond()
        await Promise.all([soonOver, patient])
      },
      { limits: { backoffBase: 1, attemptTimeout: 12_000 } },
    ))

  describe('reads that join no other', () => {
    test.each([
      ['a read of a mutation or of its reconciliation', { maxAgeMs: null }, {}],
      ['a read whose result belongs to one reader', {}, { singleUse: true as const }],
    ])('calls for itself: %s', (_, context, options) =>
      withVendor(async ({ read, open, received, expectReceived }) => {
        const reads = [read(), read(open(context), 'users', options), read(open(context), 'users', options), read()]
        await expectReceived(3)
        for (const request of received) request.respond()
        await Promise.all(reads)
      }),
    )

    test('joins no call that was sent before a fresh response was requested, but a later one', () =>
      withVendor(async ({ read, open, received, expectReceived }) => {
        const old = read()
        await expectReceived(1)
        const fresh = [open({ maxAgeMs: 0 }), open({ caller: 'bob', maxAgeMs: 0 })]
        const reads = fresh.map((call) => read(call))
        reads.push(read())
        await expectReceived(2)
        received[1]!.respond({ body: { isNew: true } })
        for (const { body } of await Promise.all(reads)) expect(body).toEqual({ isNew: true })
        received[0]!.respond()
        await old
      }))

    test('joins a call that is not older than the maximum age', () =>
      withVendor(async ({ read, open, received, expectReceived }) => {
        const reads = [read(), read(open({ maxAgeMs: 60_000 }))]
        await expectReceived(1)
        received[0]!.respond()
        await Promise.all(reads)
      }))

    test('joins no call that was sent before a write ended', () =>
      withVendor(async ({ read, row, open, received, expectReceived }) => {
        const old = read()
        await expectReceived(1)
        const write = row.upstream.client.write('POST', path`/users`, {}, open({ maxAgeMs: null }))
        await expectReceived(2)
        received[1]!.respond({ status: 500, body: {} })
        await problemOf(write)
        const later = [read(), read()]
        await expectReceived(3)
        received[2]!.respond({ body: { isNew: true } })
        received[0]!.respond()
        expect(await Promise.all(later)).toEqual([{ body: { isNew: true } }, { body: { isNew: true } }])
        expect((await old).body).toEqual({ path: '/v1/users' })
      }))
  })

  describe('limits of the caller who started the call', () => {
    const tooMany = new Problem('TOO_MANY_REQUESTS', 'Too many vendor calls.')

    test('lets other callers call again if its vendor calls are spent', () =>
      withVendor(async ({ read, open, received, expectReceived, row }) => {
        row.server.script({ kind: faults.reply({ status: 503 }), times: 1 })
        let left = 1
        const take = (): void => {
          if (left-- === 0) throw tooMany
        }
        const first = problemOf(read(open({ vendorCalls: { take, charge: () => {} } })))
        const others = ['bob', 'eve', 'bob'].map((caller) => read(open({ caller })))
        const sameCaller = problemOf(read())
        await expectReceived(1)
        received[0]!.respond()
        await Promise.all(others)
        expect([(await first).code, (await sameCaller).code]).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'])
      }))

    test('lets other callers call again if no memory is left for its response', () =>
      withVendor(async ({ read, open, received, expectReceived }) => {
        const first = problemOf(read(open({ budget: new ByteBudget(1_000) })))
        const other = read(open({ caller: 'bob' }))
        await expectReceived(1)
        received[0]!.respond({ body: { text: 'x'.repeat(50_000) } })
        expect((await first).code).toBe('OVERLOADED')
        await expectReceived(2)
        received[1]!.respond()
        await other
      }))

    test('lets other callers call again if it has spent its retries', () =>
      withVendor(
        async (fixture) => {
          const { read, open, received, expectReceived } = fixture
          const spending = problemOf(read(open(), 'failing'))
          await expectReceived(1)
          received[0]!.respond({ status: 503, body: {} })
          await expectReceived(2)
          received[1]!.respond({ status: 503, body: {} })
          await spending
          const first = problemOf(read())
          const other = read(open({ caller: 'bob' }))
          await expectReceived(3)
          received[2]!.respond({ status: 503, body: {} })
          expect((await first).code).toBe('VENDOR_UNAVAILABLE')
          await expectReceived(4)
          received[3]!.respond()
          await other
        },
        { limits: { backoffBase: 1, retryQuota: 29, retryCost: 10 } },
      ))

    test('sends a call at once if a free slot belongs to the caller who joins it', () =>
      withVendor(
        async (fixture) => {
          const { read, open, received, expectReceived, row } = fixture
          const greedy = Array.from({ length: 2 }, (_, index) => read(open({ caller: 'greedy' }), `busy${index}`))
          await expectReceived(2)
          const waiting = read(open({ caller: 'greedy' }))
          await soon(() => expect(row.upstream.getHealth().queued).toBe(1))
          const joined = read(open({ caller: 'bob' }))
          await expectReceived(3)
          expect(received[2]!.path).toBe('/users')
          expect(row.upstream.getHealth().queued).toBe(0)
          for (const request of received) request.respond()
          await Promise.all([...greedy, waiting, joined])
          expect(row.server.ledger.requests).toHaveLength(3)
        },
        { limits: { inFlight: 4 } },
      ))

    test('makes one call for reads of several callers that wait for the account', () =>
      withVendor(
        async ({ read, open, received, expectReceived, row }) => {
          const busy = read(open({ caller: 'greedy' }), 'busy')
          await expectReceived(1)
          const reads = ['ada', 'bob', 'eve', 'ada', 'bob'].map((caller) => read(open({ caller })))
          await soon(() => expect(row.upstream.getHealth().queued).toBe(3))
          received[0]!.respond()
          await expectReceived(2)
          expect(row.upstream.getHealth().queued).toBe(0)
          received[1]!.respond()
          await Promise.all([busy, ...reads])
          expect(row.server.ledger.requests).toHaveLength(2)
        },
        { limits: { inFlight: 1 } },
      ))

    test('does not let a read wait for the slots of another operation of its caller', () =>
      withVendor(
        async (fixture) => {
          const { read, open, received, expectReceived } = fixture
          const large = open()
          const reads = [read(large, 'one'), read(large, 'two'), read(large, 'users')]
          await expectReceived(2)
          reads.push(read(open(), 'users'))
          await expectReceived(3)
          expect(received[2]!.path).toBe('/users')
          for (const request of received) request.respond()
          await Promise.all(reads)
        },
        { limits: { operationInFlight: 2 } },
      ))
  })
})
