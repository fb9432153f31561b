import { describe, expect, test } from 'vitest'
import { endCall, join, startCall } from '../../src/sandboxes/trueconf/calls.ts'
import type { Conference } from '../../src/sandboxes/trueconf/model.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { startPolling } from './polling.ts'

import { path, startTrueConfPolling } from './trueconf-polling.ts'

describe('Poller', () => {
  test('reports nothing of the first poll', async () => {
    const { entries, sink, requests, clock } = await startTrueConfPolling()
    expect(entries()).toEqual([])
    expect(sink.reports).toEqual([{ status: 'LIVE', heardAt: clock.now(), interval: 10 }])
    expect(requests()).toEqual([])
  })

  test('reports each change by others once, with the time of the poll', async () => {
    const { data, server, stopped, add, next, entries, requests, sink, clock, seconds } = await startTrueConfPolling()
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
    const { clock, next, entries, stopped } = await startTrueConfPolling()
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
    const { data, server, add, next, entries } = await startTrueConfPolling({ interest: { participantsOf: 'all' } })
    const call = startCall(server, add('unplanned'))
    join(server, call, 'dean')
    await next()
    expect(entries()).toEqual(['CREATED unplanned', 'STARTED unplanned', 'PARTICIPANT_JOINED unplanned dean'])
    data.conferences.delete('unplanned')
    await next()
    expect(entries()).toEqual(['PARTICIPANT_LEFT unplanned dean', 'ENDED unplanned', 'DELETED unplanned'])
  })

  test('reports the end of a conference that leaves the list but can still be found by its ID', async () => {
    const { data, server, stopped, next, entries, sandbox, requests, seconds } = await startTrueConfPolling()
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
