import { describe, expect, test, vi } from 'vitest'
import { AccountCache } from '../../src/upstream/account-cache.ts'
import { CallContext, type CallOptions } from '../../src/upstream/call-context.ts'
import type { UpstreamEvent } from '../../src/upstream/events.ts'
import { path } from '../../src/upstream/path.ts'
import { ReadCache, type CacheTimes } from '../../src/upstream/read-cache.ts'
import type { DataChange, ReadSubject } from '../../src/upstream/read-subject.ts'
import { Upstream } from '../../src/upstream/upstream.ts'
import { removeCredentials } from '../../src/vendors/kit/credentials.ts'
import { FaultServer } from '../support/fault-server.ts'
import type { ScriptedResponse, VendorRequest } from '../support/raw-http.ts'
import { problemOf } from './row.ts'

const times: CacheTimes = { users: 60, conferences: 10, participants: 30, staleFor: 0 }
const users: ReadSubject = { kind: 'users' }
const conference = (conferenceId: string): ReadSubject => ({ kind: 'conferences', conferenceId })
const conferences: ReadSubject = { kind: 'conferences' }
const participants = (conferenceId: string): ReadSubject => ({ kind: 'participants', conferenceId })
const running: ReadSubject = {
  ...conferences,
  reportsRunning: (body) => (body as { state?: string }).state === 'running',
}

interface Body {
  version?: number
  [name: string]: unknown
}

/** @throws `VENDOR_BAD_RESPONSE` if the body has no version. */
function readVersion(body: unknown): Body {
  const { version } = body as Body
  if (version === undefined) throw new Error('no version')
  return body as Body
}

interface Fixture {
  cache: ReadCache
  upstream: Upstream
  server: FaultServer
  events: UpstreamEvent[]
  /** Runs `task` in the turn of the event loop in which the next response arrives, after the events of that turn. */
  runAfterResponse(task: () => void): void
  /** Sets what the vendor returns for the next requests. Default: its number of responses so far, as `version`. */
  respond(response: ((request: VendorRequest) => ScriptedResponse | Promise<ScriptedResponse>) | null): void
  open(options?: Partial<CallOptions>): CallContext
  read(name: string, subject?: ReadSubject, call?: CallContext): Promise<Body>
  pass(ms: number): void
  /** Number of requests that the vendor has received. */
  received(): number
}

async function withCache(run: (fixture: Fixture) => Promise<void>, settings: Partial<CacheTimes> = {}): Promise<void> {
  let now = 1_000_000
  let version = 0
  let responder: ((request: VendorRequest) => ScriptedResponse | Promise<ScriptedResponse>) | null = null
  const clock = { now: () => now, sleep: () => new Promise<void>(() => {}) }
  const server = await FaultServer.start({
    respond: (request) => responder?.(request) ?? { body: { version: ++version } },
  })
  const cache = new ReadCache()
  cache.configure({ ...times, ...settings }, 1_000_000)
  const events: UpstreamEvent[] = []
  let afterResponse: (() => void) | null = null
  const onEvent = (event: UpstreamEvent): void => {
    events.push(event)
    if (event.kind !== 'call' || !afterResponse) return
    // All promises that are settled continue first.
    process.nextTick(afterResponse)
    afterResponse = null
  }
  const upstream = new Upstream({
    account: 'v',
    apiUrl: server.url,
    errorParser: { parseError: () => null },
    authScheme: { fetchToken: async () => ({ value: 'token', expiresAt: null }) },
    secrets: [],
    limits: { breakerFailures: 1, attempts: 1 },
    cache: new AccountCache({ cache, clock, removeCredentials }),
    onEvent,
    clock,
  })
  const open = (options: Partial<CallOptions> = {}): CallContext =>
    new CallContext({
      caller: 'ada',
      signal: new AbortController().signal,
      time: { deadline: now + 25_000 },
      maxAgeMs: Infinity,
      ...options,
    })
  try {
    await run({
      cache,
      upstream,
      server,
      events,
      runAfterResponse: (task) => void (afterResponse = task),
      respond: (next) => void (responder = next),
      open,
      read: (name, subject, call = open()) =>
        upstream.client.read(path`/${name}`, { schema: readVersion, ...(subject && { subject }) }, call),
      pass: (ms) => void (now += ms),
      received: () => server.ledger.requests.length,
    })
  } finally {
    await upstream.close()
    await server.close()
  }
}

const results = (events: readonly UpstreamEvent[]) =>
  events.flatMap((event) => (event.kind === 'read' ? [`${event.of} ${event.result}`] : []))

describe('ReadCache', () => {
  test('uses a response until its time ends, and reports its age', () =>
    withCache(async ({ read, open, pass, received, events }) => {
      expect(await read('users', users)).toEqual({ version: 1 })
      pass(59_999)
      const call = open()
      expect(await read('users', users, call)).toEqual({ version: 1 })
      expect([call.age.asOf, call.cachedAsOf, [...call.staleAccounts]]).toEqual([1_000_000, 1_000_000, []])
      expect(received()).toBe(1)
      pass(1)
      const late = open()
      expect(await read('users', users, late)).toEqual({ version: 2 })
      expect([late.age.asOf, late.cachedAsOf]).toEqual([1_060_000, null])
      expect(results(events)).toEqual(['users miss', 'users hit', 'users miss'])
    }))

  test.each<[string, ReadSubject | undefined, Partial<CacheTimes>]>([
    ['a kind with 0 seconds', users, { users: 0 }],
    ['a response that describes nothing known', undefined, {}],
  ])('does not keep %s', (_, subject, settings) =>
    withCache(async ({ read, cache }) => {
      expect([await read('a', subject), await read('a', subject)]).toEqual([{ version: 1 }, { version: 2 }])
      expect(cache.usedBytes).toBe(0)
    }, settings),
  )

  test.each<[string, ReadSubject, Body]>([
    ['participants', participants('1'), {}],
    ['a running conference', running, { state: 'running' }],
  ])('uses %s for at most 5 seconds', (_, subject, body) =>
    withCache(async ({ read, respond, pass, received }) => {
      respond(() => ({ body: { version: 0, ...body } }))
      await read('a', subject)
      pass(4_999)
      await read('a', subject)
      expect(received()).toBe(1)
      pass(1)
      await read('a', subject)
      expect(received()).toBe(2)
    }),
  )

  test.each<[string, number | null, number, boolean]>([
    ['a response that is not older than the maximum age', 5_000, 5_000, true],
    ['no response that is older than the maximum age', 5_000, 5_001, false],
    ['no response if the maximum age is 0', 0, 0, false],
    ['no response for a mutation', null, 0, false],
  ])('uses %s', (_, maxAgeMs, passed, isUsed) =>
    withCache(async ({ read, open, pass, received }) => {
      await read('users', users)
      pass(passed)
      await read('users', users, open({ maxAgeMs }))
      expect(received()).toBe(isUsed ? 1 : 2)
    }),
  )

  test('replaces a cached response by the one to a later read', () =>
    withCache(async ({ read, open }) => {
      await read('users', users)
      await read('users', users, open({ maxAgeMs: 0 }))
      expect(await read('users', users)).toEqual({ version: 2 })
    }))

  test('does not keep what a mutation reads, and nothing older either', () =>
    withCache(async ({ read, open, cache }) => {
      await read('users', users)
      await read('users', users, open({ maxAgeMs: null }))
      expect(cache.usedBytes).toBe(0)
    }))

  test('keeps no credentials', () =>
    withCache(async ({ read, respond, cache }) => {
      const added = vi.spyOn(cache, 'add')
      const secrets = { password: 'p', start_url: 'https://s', nested: [{ download_token: 't', passcode: 'c' }] }
      const remaining = { version: 0, next_page_token: 'n', nested: [{}] }
      respond(() => ({ body: { ...remaining, ...secrets, nested: [{ ...secrets.nested[0] }] } }))
      await read('a', conferences)
      expect(await read('a', conferences)).toEqual(remaining)
      expect(added.mock.calls.map(([entry]) => entry.body)).toEqual([remaining])
    }))

  test.each<[string, ScriptedResponse]>([
    ['what was not found', { status: 404, body: {} }],
    ['a rejection', { status: 403, body: {} }],
  ])('keeps neither %s nor an older response', (_, response) =>
    withCache(
      async ({ read, open, respond, cache }) => {
        await read('a', conference('1'))
        respond(() => response)
        await problemOf(read('a', conference('1'), open({ maxAgeMs: 0 })))
        expect(cache.usedBytes).toBe(0)
        respond(null)
        expect(await read('a', conference('1'))).toEqual({ version: 2 })
      },
      { staleFor: 60 },
    ),
  )

  describe('changes', () => {
    const paths: Record<string, ReadSubject> = {
      users,
      lists: conferences,
      conference: conference('A1'),
      participants: participants('A1'),
      other: conference('2'),
      others: participants('2'),
    }

    test.each<[string, DataChange, string[]]>([
      ['a conference', { kind: 'conferences', conferenceId: 'a1' }, ['lists', 'conference', 'participants']],
      ['a new conference', { kind: 'conferences', conferenceId: null }, ['lists']],
      ['a user', { kind: 'users' }, ['users']],
    ])('make only responses of the topic outdated: %s', (_, change, expected) =>
      withCache(async ({ read, upstream, server }) => {
        for (const [name, subject] of Object.entries(paths)) await read(name, subject)
        void upstream.invalidate(change)
        server.ledger.requests.length = 0
        for (const [name, subject] of Object.entries(paths)) await read(name, subject)
        expect(server.ledger.requests.map(({ path }) => path.slice(1))).toEqual(expected)
      }),
    )

    test('prevent that a response to an earlier request is kept or joined', () =>
      withCache(async ({ read, respond, upstream, received }) => {
        const { promise, resolve } = Promise.withResolvers<ScriptedResponse>()
        respond(() => promise)
        const early = read('a', conference('1'))
        await vi.waitFor(() => expect(received()).toBe(1))
        respond(null)
        void upstream.invalidate({ kind: 'conferences', conferenceId: '1' })
        expect(await read('a', conference('1'))).toEqual({ version: 1 })
        resolve({ body: { version: 0 } })
        expect(await early).toEqual({ version: 0 })
        expect(await read('a', conference('1'))).toEqual({ version: 1 })
      }))

    test('prevent that a response that has arrived in the same turn of the event loop is kept', () =>
      withCache(async ({ read, runAfterResponse, upstream }) => {
        runAfterResponse(() => void upstream.invalidate({ kind: 'users' }))
        expect(await read('users', users)).toEqual({ version: 1 })
        expect(await read('users', users)).toEqual({ version: 2 })
      }))
  })

  test('makes no second vendor call for a read that begins in the turn of the event loop in which the response arrives', () =>
    withCache(async ({ read, runAfterResponse, received }) => {
      const { promise: later, resolve } = Promise.withResolvers<Body>()
      runAfterResponse(() => resolve(read('users', users)))
      expect(await Promise.all([read('users', users), later])).toEqual([{ version: 1 }, { version: 1 }])
      expect(received()).toBe(1)
    }))

  test('returns a response that has arrived before the deadline of its only reader', () =>
    withCache(async ({ read, open, runAfterResponse }) => {
      const leaving = new AbortController()
      runAfterResponse(() => leaving.abort(new Error('late')))
      expect(await read('users', users, open({ signal: leaving.signal }))).toEqual({ version: 1 })
    }))

  describe('expired responses', () => {
    const stale = { staleFor: 100 }

    test.each<[string, ScriptedResponse]>([
      ['VENDOR_UNAVAILABLE', { status: 500, body: {} }],
      ['VENDOR_RATE_LIMITED', { status: 429, headers: { 'Retry-After': '3600' }, body: {} }],
      ['VENDOR_BAD_RESPONSE', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ])('are used after %s, with the problem and the age, until staleFor ends', (code, response) =>
      withCache(async ({ read, open, respond, pass, events, upstream }) => {
        await read('a', conferences)
        respond(() => response)
        pass(10_000)
        const call = open()
        expect(await read('a', conferences, call)).toEqual({ version: 1 })
        expect([call.age.asOf, call.age.staleProblem?.code, [...call.staleAccounts]]).toEqual([1_000_000, code, ['v']])
        expect(results(events)).toEqual(['conferences miss', 'conferences stale'])
        expect(upstream.getHealth().problem?.code).toBe(code)
        expect((await problemOf(read('a', conferences, open({ maxAgeMs: 60_000 })))).code).toBe(code)
        pass(100_000)
        expect((await problemOf(read('a', conferences))).code).toBe(code)
      }, stale),
    )

    test('are not used if their kind is no longer cached', () =>
      withCache(async ({ read, respond, cache }) => {
        await read('a', conferences)
        cache.configure({ ...times, ...stale, conferences: 0 }, 1_000_000)
        respond(() => ({ status: 500, body: {} }))
        expect((await problemOf(read('a', conferences))).code).toBe('VENDOR_UNAVAILABLE')
      }, stale))

    test.each<[string, ScriptedResponse]>([
      ['VENDOR_FORBIDDEN', { status: 403, body: {} }],
      ['VENDOR_AUTH_FAILED', { status: 401, body: {} }],
      ['NOT_FOUND', { status: 404, body: {} }],
      ['VENDOR_REJECTED', { status: 400, body: {} }],
    ])('are not used after %s', (code, response) =>
      withCache(async ({ read, respond, pass }) => {
        await read('a', conferences)
        respond(() => response)
        pass(10_000)
        expect((await problemOf(read('a', conferences))).code).toBe(code)
      }, stale),
    )
  })

  describe('memory', () => {
    test('removes the least recently used responses', () =>
      withCache(async ({ read, cache, received }) => {
        await read('a', users)
        cache.configure(times, 3 * cache.usedBytes)
        await read('b', users)
        await read('c', users)
        await read('a', users)
        await read('d', users)
        expect(received()).toBe(4)
        await read('a', users)
        expect(received()).toBe(4)
        await read('b', users)
        expect(received()).toBe(5)
      }))

    test('stays within the limit, however many different responses arrive', () =>
      withCache(async ({ read, cache, respond }) => {
        const text = 'x'.repeat(2_000)
        respond(() => ({ body: { version: 0, text } }))
        cache.configure(times, 200_000)
        for (let index = 0; index < 300; index++) {
          await read(`user${index}`, users)
          expect(cache.usedBytes).toBeLessThanOrEqual(200_000)
        }
        expect(cache.usedBytes).toBeGreaterThan(150_000)
      }))

    test('does not keep a response that would take most of the memory', () =>
      withCache(async ({ read, cache, respond }) => {
        respond(() => ({ body: { version: 0, text: 'x'.repeat(100_000) } }))
        await read('a', users)
        expect(cache.usedBytes).toBe(0)
      }))

    test('releases everything when the cache is turned off', () =>
      withCache(async ({ read, cache, received }) => {
        await read('a', users)
        cache.configure(null, 1_000_000)
        expect(cache.usedBytes).toBe(0)
        await read('a', users)
        expect(received()).toBe(2)
      }))
  })
})
