import { describe, expect, test } from 'vitest'
import { endCall, join, startCall } from '../../src/sandboxes/trueconf/calls.ts'
import type { Conference } from '../../src/sandboxes/trueconf/model.ts'
import type { FlatList } from '../../src/vendors/vendor-lists.ts'
import type { Participant } from '../../src/vendors/vendor-objects.ts'

import { path, startTrueConfPolling } from './trueconf-polling.ts'

describe('participants', () => {
  test('reports who joins and leaves the selected conference, and reads no other', async () => {
    const polling = await startTrueConfPolling()
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
    const { running, sink, soon, next, state, onNextRequest, poller, requests } = await startTrueConfPolling()
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
    const { server, stopped, sink, state, next, entries } = await startTrueConfPolling({
      interest: { participantsOf: 'all' },
    })
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
    const { running, server, next, entries, state, upstream } = await startTrueConfPolling()
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
    const { running, server, next, entries, seconds } = await startTrueConfPolling({
      interest: { participantsOf: 'all' },
    })
    const [conference] = running as [Conference]
    const ids = conference.call!.participants.map(({ id }) => id)
    endCall(server, conference, seconds())
    await next()
    expect(entries()).toEqual([...ids.map((id) => `PARTICIPANT_LEFT ${conference.id} ${id}`), `ENDED ${conference.id}`])
  })

  test('keeps the participants of a conference that the vendor rejects', async () => {
    const { running, sandbox, next, entries, status } = await startTrueConfPolling({
      interest: { participantsOf: 'all' },
    })
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
