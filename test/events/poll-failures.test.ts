import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { startPolling, type PollingOptions } from './polling.ts'

const path = '/api/v3.8/conferences'
const start = (options: PollingOptions = {}) =>
  startPolling<TrueConfSandbox>(trueconf, {
    ...options,
    sandbox: { users: 20, conferences: 35, running: 0, ...options.sandbox },
  })

describe('an account that cannot be polled', () => {
  test('is interrupted at once, waits twice as long after each failure, and reports one gap', async () => {
    const { sandbox, sink, next, entries, getWaitMs, clock } = await start()
    const lastStart = clock.now()
    const down = sandbox.fault({ match: { path: /conferences/ }, kind: 'status', status: 503 })
    const waits: number[] = []
    for (let poll = 0; poll < 7; poll++) {
      await next()
      waits.push(getWaitMs() / 1_000)
      expect(sink.reports.at(-1)).toMatchObject({ status: 'INTERRUPTED', problem: { code: 'VENDOR_UNAVAILABLE' } })
    }
    expect(waits).toEqual([20, 40, 80, 160, 300, 300, 300])
    expect(entries()).toEqual([])
    down()
    const conference = [...sandbox.data.conferences.values()][0]!
    conference.topic = 'Renamed meanwhile'
    await next()
    expect(entries()).toEqual(['gap', `CHANGED ${conference.id} title`])
    expect(sink.recorded[0]).toEqual({ kind: 'gap', gap: { since: lastStart, until: clock.now() } })
    expect(sink.reports.at(-1)).toEqual({ status: 'LIVE', heardAt: clock.now(), interval: 10 })
    expect(getWaitMs()).toBe(10_000)
    await next()
    expect(entries()).toEqual([])
  })

  test('reports a gap from the first poll if that fails', async () => {
    const polling = await start({
      prepare: (sandbox) => sandbox.fault({ match: { path: /conferences/ }, kind: 'reset', times: 1 }),
    })
    const startedAt = polling.clock.now()
    expect(polling.status()).toBe('INTERRUPTED')
    await polling.next()
    expect(polling.sink.recorded).toEqual([{ kind: 'gap', gap: { since: startedAt, until: polling.clock.now() } }])
    expect(polling.status()).toBe('LIVE')
  })

  test('is not polled before the time that a rate limit names, not even after a mutation', async () => {
    const { sandbox, sink, next, requests, getWaitMs, clock, poller, entries } = await start()
    sandbox.fault({
      match: { path: /conferences/ },
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '90' },
      times: 1,
    })
    await next()
    const retryAt = clock.now() + 90_000
    expect(sink.reports.at(-1)).toMatchObject({ problem: { code: 'VENDOR_RATE_LIMITED', retryAt } })
    requests()
    poller.pollSoon()
    await new Promise(setImmediate)
    expect(requests()).toEqual([])
    expect(getWaitMs()).toBe(90_000)
    await next()
    expect([requests(), entries()]).toEqual([[`GET ${path}`], ['gap']])
  })

  test('waits longer than a short rate limit requires', async () => {
    const { sandbox, next, getWaitMs } = await start()
    sandbox.fault({
      match: { path: /conferences/ },
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '18' },
      times: 2,
    })
    await next()
    expect(getWaitMs()).toBe(20_000)
    await next()
    expect(getWaitMs()).toBe(40_000)
  })

  test('reports a gap since the last poll of another process, and nothing else', async () => {
    const { entries, sink, status, clock } = await start({ observedUntil: 1_000 })
    expect([entries(), status()]).toEqual([['gap'], 'LIVE'])
    expect(sink.recorded).toEqual([{ kind: 'gap', gap: { since: 1_000, until: clock.now() } }])
  })

  test('records its events later if the event log is unavailable, once and with the same identity', async () => {
    const { sandbox, sink, next, entries, requests, status } = await start()
    const [first, second] = [...sandbox.data.conferences.values()]
    first!.topic = 'Renamed'
    sink.problem = new Problem('STORE_UNAVAILABLE', 'The event log is unavailable.')
    await next()
    requests()
    await next()
    expect([entries(), requests(), status()]).toEqual([[], [], 'INTERRUPTED'])
    sink.problem = null
    second!.topic = 'Renamed, too'
    await next()
    expect(entries()).toEqual(['gap', `CHANGED ${first!.id} title`, `CHANGED ${second!.id} title`])
    expect(status()).toBe('LIVE')
  })
})

describe('the pace', () => {
  test('is the interval, or slower if the pages and lookups need more calls than allowed', async () => {
    const { sandbox, sink, next, getWaitMs, requests } = await start({
      sandbox: { conferences: 450 },
      limits: { eventPoll: 1_000, eventPollCalls: 30 },
    })
    expect([getWaitMs(), sink.reports.at(-1)]).toEqual([6_000, expect.objectContaining({ interval: 6 })])
    sandbox.data.conferences.delete([...sandbox.data.conferences.keys()][7]!)
    await next()
    expect([getWaitMs(), requests().length]).toEqual([8_000, 4])
  })

  test('is 10 calls a minute for iMeet Central', async () => {
    const { sink, getWaitMs, sandbox } = await startPolling<IMeetCentralSandbox>(imeetcentral, {
      sandbox: { seed: { workspaces: 143, deletedWorkspaces: 0 } },
      limits: { eventPollCalls: 10 },
    })
    expect([getWaitMs(), sink.reports]).toEqual([36_000, [expect.objectContaining({ interval: 36 })]])
    const lists = sandbox.ledger.filter(({ path: requested }) => requested === '/v1/workspaces')
    expect(lists.map(({ query }) => new URLSearchParams(query).get('limit'))).toEqual(Array(6).fill('25'))
  })

  test('polls at once when requested, and once more if that happens during a poll', async () => {
    const { sandbox, poller, soon, requests, entries, next, onNextRequest, getWaitMs } = await start({
      limits: { eventPoll: 20_000 },
    })
    const [first, second] = [...sandbox.data.conferences.values()]
    first!.topic = 'Renamed'
    await soon()
    expect([entries(), requests()]).toEqual([[`CHANGED ${first!.id} title`], [`GET ${path}`]])
    expect(getWaitMs()).toBe(20_000)
    const key = encodeURIComponent(sandbox.secretKey)
    const oldList = await (await fetch(`${sandbox.url}${path}?access_token=${key}`)).text()
    requests()
    onNextRequest(/conferences/, () => poller.pollSoon())
    sandbox.fault({ match: { path: /conferences/ }, kind: 'status', status: 200, body: oldList, times: 1 })
    second!.topic = 'Renamed, too'
    await next()
    expect([requests(), entries()]).toEqual([Array(2).fill(`GET ${path}`), [`CHANGED ${second!.id} title`]])
  })

  test('polls at once for five mutations, then at the interval, if each poll uses the calls of its interval', async () => {
    const { soon, next, requests, getWaitMs, poller } = await start({
      limits: { eventPoll: 20_000, eventPollCalls: 1 },
    })
    for (let mutation = 0; mutation < 5; mutation++) await soon()
    expect([requests().length, getWaitMs()]).toEqual([5, 60_000])
    poller.pollSoon()
    await new Promise(setImmediate)
    expect([requests(), getWaitMs()]).toEqual([[], 60_000])
    await next()
    expect([requests().length, getWaitMs()]).toEqual([1, 60_000])
  })

  test('keeps a rate limit when the account is watched again', async () => {
    const { sandbox, next, stop, poller, requests, getWaitMs } = await start()
    const headers = { 'retry-after': '90' }
    sandbox.fault({ match: { path: /conferences/ }, kind: 'status', status: 429, headers, times: 1 })
    await next()
    await stop()
    requests()
    const again = new AbortController()
    const ended = poller.run(again.signal)
    await new Promise(setImmediate)
    expect([requests(), getWaitMs()]).toEqual([[], 90_000])
    again.abort()
    await ended
  })

  test('makes no call after it was stopped', async () => {
    const { stop, clock, poller, requests } = await start()
    await stop()
    poller.pollSoon()
    clock.advance(3_600_000)
    await new Promise(setImmediate)
    expect(requests()).toEqual([])
  })
})
