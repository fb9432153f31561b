import { describe, expect, test } from 'vitest'
import { endCall, join, startCall } from '../../src/sandboxes/trueconf/calls.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import type { Conference, Server } from '../../src/sandboxes/trueconf/model.ts'
import type { FlatList, Participant } from '../../src/vendors/vendor.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { Problem } from '../../src/core/errors.ts'
import { startPolling, type PollingOptions } from './polling.ts'

const path = '/api/v3.8/conferences'

async function start(options: PollingOptions = {}) {
  const seed = { users: 20, conferences: 35, running: 2, ...options.sandbox }
  const polling = await startPolling<TrueConfSandbox>(trueconf, { ...options, sandbox: seed })
  const { data, settings } = polling.sandbox
  const server = { data, settings, now: polling.clock.now } as unknown as Server
  const stopped = [...data.conferences.values()].filter(({ call }) => !call)
  const running = [...data.conferences.values()].filter(({ call }) => call)
  const add = (id: string, changes: Partial<Conference> = {}): Conference => {
    const conference: Conference = { ...stopped[0]!, id, invitations: [], ...changes }
    data.conferences.set(id, conference)
    return conference
  }
  return { ...polling, data, server, stopped, running, add, seconds: () => Math.floor(polling.clock.now() / 1000) }
}

describe('Poller', () => {
  test('reports nothing of the first poll', async () => {
    const { entries, sink, requests, clock } = await start()
    expect(entries()).toEqual([])
    expect(sink.reports).toEqual([{ status: 'LIVE', heardAt: clock.now(), interval: 10 }])
    expect(requests()).toEqual([])
  })

  test('reports each change by others once, with the time of the poll', async () => {
    const { data, server, stopped, add, next, entries, requests, sink, clock, seconds } = await start()
    const [renamed, moved, started, deleted] = stopped as [Conference, Conference, Conference, Conference]
    renamed.topic = 'Renamed'
    moved.owner = 'dean'
    moved.tags = ['urgent']
    startCall(server, started)
    data.conferences.delete(deleted.id)
    add('new')
    await next()
    expect(entries()).toEqual([
      'CREATED new',
      `CHANGED ${renamed.id} title`,
      `CHANGED ${moved.id} owner tags`,
      `STARTED ${started.id}`,
      `DELETED ${deleted.id}`,
    ])
    const [first] = sink.recorded
    expect(first).toEqual({
      kind: 'event',
      event: {
        event: expect.objectContaining({ type: 'CREATED', occurredAt: clock.now(), raw: null }),
        origin: 'POLL',
        observedAt: clock.now(),
        identity: expect.stringMatching(/^.{36}$/),
      },
    })
    endCall(server, started, seconds())
    await next()
    expect(entries()).toEqual([`ENDED ${started.id}`])
    await next()
    expect(entries()).toEqual([])
    expect(requests()).toEqual([`GET ${path}`, `GET ${path}/${deleted.id}`, `GET ${path}`, `GET ${path}`])
  })

  test.each([-3_600_000, 3_600_000])('keeps its interval if the system clock is changed by %i ms', async (changeMs) => {
    const { clock, next, getWaitMs } = await startPolling(trueconf)
    clock.set(clock.now() + changeMs)
    await next()
    expect(getWaitMs()).toBe(10_000)
  })

  test('reports nothing that only the passage of time changes', async () => {
    const { clock, next, entries, stopped } = await start()
    const weekly = stopped.filter(({ schedule }) => schedule.type === 0)
    const future = stopped.filter(({ schedule }) => schedule.type === 1)
    expect([weekly.length > 0, future.length > 0]).toEqual([true, true])
    for (let day = 0; day < 10; day++) {
      clock.advance(86_400_000)
      await next()
    }
    expect(entries()).toEqual([])
  })

  test('reports that an unplanned conference was created, started, ended, and deleted', async () => {
    const { data, server, add, next, entries } = await start({ interest: { participantsOf: 'all' } })
    const call = startCall(server, add('unplanned'))
    join(server, call, 'dean')
    await next()
    expect(entries()).toEqual(['CREATED unplanned', 'STARTED unplanned', 'PARTICIPANT_JOINED unplanned dean'])
    data.conferences.delete('unplanned')
    await next()
    expect(entries()).toEqual(['PARTICIPANT_LEFT unplanned dean', 'ENDED unplanned', 'DELETED unplanned'])
  })

  test('reports the end of a conference that leaves the list but can still be found by its ID', async () => {
    const { data, server, stopped, next, entries, sandbox, requests, seconds } = await start()
    const conference = stopped[0]!
    startCall(server, conference)
    await next()
    expect(entries()).toEqual([`STARTED ${conference.id}`])
    requests()
    endCall(server, conference, seconds())
    const shown = await (
      await fetch(`${sandbox.url}${path}/${conference.id}?access_token=${encodeURIComponent(sandbox.secretKey)}`)
    ).text()
    data.conferences.delete(conference.id)
    sandbox.fault({
      match: { path: new RegExp(`${path}/${conference.id}`) },
      kind: 'body',
      status: 200,
      body: shown,
      times: 2,
    })
    requests()
    await next()
    await next()
    expect(entries()).toEqual([`ENDED ${conference.id}`])
    await next()
    expect(entries()).toEqual([`DELETED ${conference.id}`])
    await next()
    expect(requests()).toEqual([
      ...Array.from({ length: 3 }, () => [`GET ${path}`, `GET ${path}/${conference.id}`]).flat(),
      `GET ${path}`,
    ])
  })
})

describe('participants', () => {
  test('reports who joins and leaves the selected conference, and reads no other', async () => {
    const polling = await start()
    const { running, server, next, entries, requests, state, sink, stopped, seconds } = polling
    const [selected] = running as [Conference]
    const [last] = selected.call!.participants
    state.interest = { participantsOf: new Set([selected.id]) }
    await next()
    expect(entries()).toEqual([])
    expect(requests()).toEqual([`GET ${path}`, `GET ${path}/${selected.id}/participants`])
    join(server, selected.call!, '#tel:100')
    join(server, running[1]!.call!, '#tel:100')
    last!.leave_time = seconds()
    startCall(server, stopped[0]!)
    await next()
    expect(entries()).toEqual([
      `STARTED ${stopped[0]!.id}`,
      `PARTICIPANT_JOINED ${selected.id} #tel:100`,
      `PARTICIPANT_LEFT ${selected.id} ${last!.id}`,
    ])
    const participants = sink.recorded.flatMap((entry) =>
      entry.kind === 'event' && entry.event.event.participant ? [entry.event.event.participant] : [],
    )
    expect(participants[0]).toMatchObject({ userId: null, displayName: '#tel:100', role: 'ATTENDEE', status: 'JOINED' })
    expect(participants[1]).toMatchObject({ vendorId: last!.id, userId: last!.id, status: 'LEFT' })
    expect(participants[1]!.email).toMatch(/@/)
    expect(requests()).toEqual([`GET ${path}`, `GET ${path}/${selected.id}/participants`])
  })

  test('does not report the account as live before participants were read that were selected during the poll', async () => {
    const { running, sink, soon, next, state, onNextRequest, poller, requests } = await start()
    const [selected] = running as [Conference]
    const reports = sink.reports.length
    onNextRequest(/conferences/, () => {
      state.interest = { participantsOf: new Set([selected.id]) }
      onNextRequest(/participants/, () => expect(sink.reports).toHaveLength(reports))
      poller.pollSoon()
    })
    await next()
    expect(sink.reports).toHaveLength(reports + 1)
    expect(requests()).toEqual([`GET ${path}`, `GET ${path}`, `GET ${path}/${selected.id}/participants`])
    await soon()
    expect(sink.reports).toHaveLength(reports + 2)
  })

  test('reports a longer interval before the event that causes it', async () => {
    const { server, stopped, sink, state, next, entries } = await start({ interest: { participantsOf: 'all' } })
    state.limits = { eventPoll: 10_000, eventPollCalls: 1 }
    await next()
    await next()
    const { interval } = sink.intervals.at(-1)!
    startCall(server, stopped[0]!)
    await next()
    expect(sink.intervals.at(-1)).toEqual({ interval: interval + 60, recordedCount: 0 })
    expect(entries()).toContain(`STARTED ${stopped[0]!.id}`)
  })

  test('reports participants with the IDs of the list of participants', async () => {
    const { running, server, next, entries, state, upstream } = await start()
    const [selected] = running as [Conference]
    state.interest = { participantsOf: 'all' }
    await next()
    const ids = ['kevin', 'dean', '#sip:room4@10.0.0.5'].filter(
      (id) => !selected.call!.participants.some((participant) => participant.id === id),
    )
    for (const id of ids) join(server, selected.call!, id)
    await next()
    const list = upstream.vendor.participants!(selected.id) as FlatList<Participant>
    const { items } = await list.loadPage({ size: 200, link: null }, upstream.call())
    const listed = items.map((item) => list.parseItem(item)!.vendorId)
    expect(listed).toEqual(expect.arrayContaining(ids))
    expect(entries()).toEqual(ids.map((id) => `PARTICIPANT_JOINED ${selected.id} ${id}`))
  })

  test('reports that all participants left before the conference ended', async () => {
    const { running, server, next, entries, seconds } = await start({ interest: { participantsOf: 'all' } })
    const [conference] = running as [Conference]
    const ids = conference.call!.participants.map(({ id }) => id)
    endCall(server, conference, seconds())
    await next()
    expect(entries()).toEqual([...ids.map((id) => `PARTICIPANT_LEFT ${conference.id} ${id}`), `ENDED ${conference.id}`])
  })

  test('keeps the participants of a conference that the vendor rejects', async () => {
    const { running, sandbox, next, entries, status } = await start({ interest: { participantsOf: 'all' } })
    const [conference] = running as [Conference]
    sandbox.fault({
      match: { path: new RegExp(`${conference.id}/participants`) },
      kind: 'status',
      status: 404,
      times: 1,
    })
    await next()
    await next()
    expect([entries(), status()]).toEqual([[], 'LIVE'])
  })
})

describe('complete polls', () => {
  const many = { sandbox: { users: 20, conferences: 450, running: 3 } }
  type Page = { cnt: number; conferences: { id: string }[] }

  /** Starts polling 450 conferences, and returns how to inject a page. */
  async function startMany() {
    const polling = await start(many)
    const { sandbox } = polling
    const readPage = async (page: number): Promise<Page> => {
      const key = encodeURIComponent(sandbox.secretKey)
      const response = await fetch(`${sandbox.url}${path}?page_id=${page}&page_size=200&access_token=${key}`)
      return (await response.json()) as Page
    }
    const inject = (page: number, body: unknown, status = 200) =>
      sandbox.fault({
        match: { path: new RegExp(`conferences\\?.*page_id=${page}`) },
        kind: 'body',
        status,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    return { ...polling, readPage, inject }
  }

  test.each<[string, number, (page: Page, first: Page) => unknown, number?]>([
    ['is empty', 2, ({ cnt }) => ({ cnt, conferences: [] })],
    ['has the status 500', 2, () => '{}', 500],
    ['is broken JSON', 2, (page) => JSON.stringify(page).slice(0, 5_000)],
    ['lacks three items', 2, (page) => ({ ...page, conferences: page.conferences.slice(3) })],
    ['lacks three items at the end', 3, (page) => ({ ...page, conferences: page.conferences.slice(0, -3) })],
    ['repeats the page before', 2, (_, first) => first],
    ['has no list', 3, ({ cnt }) => ({ cnt })],
    ['has only items without an ID', 2, (page) => ({ ...page, conferences: page.conferences.map(() => ({})) })],
  ])('produces no event if a page %s, then reports the real changes', async (_, number, change, status) => {
    const { data, stopped, inject, readPage, next, entries, sink, requests } = await startMany()
    const clear = inject(number, change(await readPage(number), await readPage(1)), status)
    stopped[0]!.topic = 'Renamed'
    await next()
    expect([entries(), sink.reports.at(-1)]).toEqual([[], { status: 'INTERRUPTED', problem: expect.any(Problem) }])
    await next()
    expect(entries()).toEqual([])
    clear()
    const deleted = stopped[300]!
    data.conferences.delete(deleted.id)
    requests()
    await next()
    expect(entries()).toEqual(['gap', `CHANGED ${stopped[0]!.id} title`, `DELETED ${deleted.id}`])
    expect(requests()).toEqual([...Array(3).fill(`GET ${path}`), `GET ${path}/${deleted.id}`])
  })

  test('compares a list that has more items than its total', async () => {
    const { stopped, inject, readPage, next, entries, status } = await startMany()
    stopped[0]!.topic = 'Renamed'
    for (const page of [1, 2, 3, 4]) inject(page, { ...(await readPage(page)), cnt: 447 })
    await next()
    expect([entries(), status()]).toEqual([[`CHANGED ${stopped[0]!.id} title`], 'LIVE'])
  })

  test('accepts the same wrong total in the third poll', async () => {
    const { stopped, inject, readPage, next, entries, status } = await startMany()
    for (const page of [1, 2, 3, 4]) inject(page, { ...(await readPage(page)), cnt: 453 })
    await next()
    await next()
    expect([entries(), status()]).toEqual([[], 'INTERRUPTED'])
    inject(3, { ...(await readPage(3)), cnt: 453 })
    await next()
    expect([entries(), status(), stopped.length]).toEqual([['gap'], 'LIVE', 447])
  })

  test('does not take a conference for deleted that moves to a page that was already read', async () => {
    const { data, stopped, onNextRequest, next, entries, requests, status } = await startMany()
    const first = stopped[0]!
    const skipped = [...data.conferences.keys()][200]!
    onNextRequest(/page_id=2/, () => void data.conferences.delete(first.id))
    await next()
    expect([entries(), status()]).toEqual([[], 'LIVE'])
    expect(requests()).toEqual([...Array(3).fill(`GET ${path}`), `GET ${path}/${skipped}`])
    await next()
    expect(entries()).toEqual([`DELETED ${first.id}`])
  })

  test('looks up nothing if more than five are missing, until a second poll agrees', async () => {
    const { data, stopped, next, entries, requests, status } = await startMany()
    const deleted = stopped.slice(0, 8)
    for (const { id } of deleted) data.conferences.delete(id)
    await next()
    expect([entries(), status(), requests()]).toEqual([[], 'LIVE', Array(3).fill(`GET ${path}`)])
    await next()
    expect(entries()).toEqual(deleted.map(({ id }) => `DELETED ${id}`))
    expect(requests().length).toBe(3 + deleted.length)
  })

  test('looks up at most half of the calls per minute in a poll, and the rest later', async () => {
    const polling = await startMany()
    const { data, stopped, next, entries, requests, state, getWaitMs } = polling
    state.limits = { eventPoll: 10_000, eventPollCalls: 30 }
    const deleted = stopped.slice(0, 40).map(({ id }) => id)
    for (const id of deleted) data.conferences.delete(id)
    await next()
    requests()
    const found: string[] = []
    const counts: number[] = []
    for (let poll = 0; poll < 3; poll++) {
      await next()
      found.push(...entries())
      counts.push(requests().length)
      if (poll < 2) expect(getWaitMs()).toBe(36_000)
    }
    expect(found).toEqual(deleted.map((id) => `DELETED ${id}`))
    expect(counts).toEqual([18, 18, 13])
  })

  test('does not trust an empty list, and looks up only one conference', async () => {
    const { inject, next, entries, requests, sink, stopped, data } = await startMany()
    const clear = inject(1, { cnt: 0, conferences: [] })
    await next()
    expect([entries(), requests()]).toEqual([[], [`GET ${path}`]])
    await next()
    expect(entries()).toEqual([])
    expect(requests().length).toBe(2)
    expect(sink.reports.at(-1)).toMatchObject({ status: 'INTERRUPTED', problem: { code: 'VENDOR_BAD_RESPONSE' } })
    clear()
    data.conferences.delete(stopped[0]!.id)
    await next()
    expect(entries()).toEqual(['gap', `DELETED ${stopped[0]!.id}`])
  })
})
