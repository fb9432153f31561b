import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { createAccount, noSelection, openEvents, pushingVendor, readConferenceId, readMessage } from './open.ts'

test('begins with a message that has no event, and continues with every later event once', async () => {
  const { subscribe, record } = openEvents()
  await record({ conferenceId: 'earlier' })
  const stream = subscribe()
  expect(await readMessage(stream)).toMatchObject({ entry: null, gaps: [], accounts: [{ key: 'zoom' }] })
  const waiting = readConferenceId(stream)
  await record({ conferenceId: '1' })
  await record({ conferenceId: '2' })
  expect([await waiting, await readConferenceId(stream)]).toEqual(['1', '2'])
})

test('gives an event the same cursor in every stream', async () => {
  const { subscribe, record, clock } = openEvents()
  const streams = [subscribe(), subscribe({ types: new Set(['STARTED'] as const) })]
  for (const stream of streams) await readMessage(stream)
  await record()
  clock.advance(500)
  const [first, second] = [await readMessage(streams[0]!), await readMessage(streams[1]!)]
  expect(first.cursor).toEqual(second.cursor)
})

test('continues after a cursor, whatever the filter of its stream was', async () => {
  const { subscribe, record } = openEvents()
  const filtered = subscribe({ types: new Set(['ENDED'] as const) })
  await readMessage(filtered)
  await record({ conferenceId: 'before' })
  await record({ conferenceId: 'end', type: 'ENDED' })
  const { cursor } = await readMessage(filtered)
  for (const conferenceId of ['1', '2', '3']) await record({ conferenceId })
  const resumed = subscribe({}, cursor)
  const found = [await readConferenceId(resumed), await readConferenceId(resumed), await readConferenceId(resumed)]
  expect(found).toEqual(['1', '2', '3'])
})

test('selects events by account, type, and conference', async () => {
  const accounts = [createAccount('one', pushingVendor), createAccount('two', pushingVendor)]
  const { subscribe, record } = openEvents({ accounts })
  const stream = subscribe({
    accounts: new Set(['two']),
    types: new Set(['STARTED'] as const),
    conferences: new Map([['two', new Set(['7'])]]),
  })
  expect((await readMessage(stream)).accounts.map(({ key }) => key)).toEqual(['two'])
  await record({ conferenceId: '7' }, accounts[0])
  await record({ conferenceId: '8' }, accounts[1])
  await record({ conferenceId: '7', type: 'ENDED' }, accounts[1])
  await record({ conferenceId: '7' }, accounts[1])
  const { entry } = await readMessage(stream)
  expect(entry!.entry).toMatchObject({ account: 'two', event: { conferenceId: '7', type: 'STARTED' } })
})

test('reports a gap before the events that follow it', async () => {
  const { events, subscribe, record } = openEvents()
  const account = createAccount('zoom', pushingVendor)
  const stream = subscribe()
  await readMessage(stream)
  await events.createSink(account).record({ since: 1, until: 2 }, [])
  await record()
  const message = await readMessage(stream)
  expect(message.gaps).toEqual([{ account: expect.anything(), reason: 'INTERRUPTED', since: 1, until: 2 }])
  expect(message.entry).not.toBeNull()
})

test('reports that a slow reader has missed events, and continues with those that are kept', async () => {
  const { subscribe, record } = openEvents({ limits: { eventLog: 3 } })
  const stream = subscribe()
  await readMessage(stream)
  for (const conferenceId of ['1', '2', '3', '4', '5']) await record({ conferenceId })
  const message = await readMessage(stream)
  expect(message.gaps).toMatchObject([{ reason: 'TOO_SLOW' }])
  expect(message.entry!.entry).toMatchObject({ event: { conferenceId: '3' } })
  expect([await readConferenceId(stream), await readConferenceId(stream)]).toEqual(['4', '5'])
})

test.each(['older than the log', 'of another log', 'of the future'])(
  'reports a gap for a cursor that is %s, and then the events that exist',
  async (kind) => {
    const { subscribe, record, clock } = openEvents({ limits: { eventLog: 2 } })
    const old = subscribe()
    const { cursor } = await readMessage(old)
    const sentAt = clock.now()
    clock.advance(60_000)
    for (const conferenceId of ['1', '2', '3', '4']) await record({ conferenceId })
    const strange = {
      'older than the log': cursor,
      'of another log': { ...cursor, epoch: 'another1' },
      'of the future': { ...cursor, position: { ms: clock.now() + 1_000_000, index: 0 } },
    }[kind]!
    const stream = subscribe({}, strange)
    const message = await readMessage(stream)
    expect(message).toMatchObject({ entry: null, gaps: [{ reason: 'NOT_KEPT', since: sentAt }] })
    expect(message.gaps[0]!.until).toBeGreaterThanOrEqual(sentAt)
    expect([await readConferenceId(stream), await readConferenceId(stream)]).toEqual(['3', '4'])
  },
)

test('sends a message when the status of a source changes, but not when it is only heard', async () => {
  const { events, subscribe, record, clock } = openEvents()
  const stream = subscribe()
  await readMessage(stream)
  const sink = events.createSink(createAccount('zoom', pushingVendor))
  sink.reportLive(clock.now(), null, clock.now())
  await record({ conferenceId: '1' })
  expect((await readMessage(stream)).entry).not.toBeNull()
  sink.reportInterrupted(new Problem('VENDOR_UNAVAILABLE', 'Gone.'))
  expect((await readMessage(stream)).entry).toBeNull()
})

test('covers only the accounts that the caller can use at that time', async () => {
  const accounts = [createAccount('one', pushingVendor), createAccount('two', pushingVendor)]
  const { events, record } = openEvents({ accounts })
  let usable = accounts
  const stream = events.subscribe({
    selection: noSelection,
    after: null,
    heartbeatMs: null,
    listAccounts: () => usable,
  })
  expect((await readMessage(stream)).accounts).toHaveLength(2)
  usable = [accounts[1]!]
  await record({ conferenceId: 'hidden' }, accounts[0])
  await record({ conferenceId: 'visible' }, accounts[1])
  expect(await readConferenceId(stream)).toBe('visible')
})

test('ends a waiting read when the stream is closed', async () => {
  const { subscribe } = openEvents()
  const stream = subscribe()
  await readMessage(stream)
  const waiting = stream.next()
  await stream.return()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

test('reports the outdated conference of an event before streams report the event', async () => {
  const { outdated, record, events } = openEvents()
  await record({ conferenceId: '5' })
  const sink = events.createSink(createAccount('zoom', pushingVendor))
  const message = { identity: 'a', occurredAt: 1, event: null, outdatedConference: null, areUsersOutdated: true }
  await sink.recordMessage(message, 'WEBHOOK')
  expect(outdated).toEqual(['zoom 5', 'zoom users'])
})

test('shares the message of an event among streams with the same selection, and not with others', async () => {
  const { subscribe, record } = openEvents()
  const streams = [subscribe(), subscribe(), subscribe({ types: new Set(['STARTED'] as const) })]
  for (const stream of streams) await readMessage(stream)
  await record()
  const messages = [await readMessage(streams[0]!), await readMessage(streams[1]!), await readMessage(streams[2]!)]
  expect(messages[0]).toBe(messages[1])
  expect(messages[0]).not.toBe(messages[2])
})

test('sends a message without an event after the heartbeat, counted from the last message', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { events, accounts, record } = openEvents()
  const listAccounts = () => accounts
  const stream = events.subscribe({ selection: noSelection, after: null, heartbeatMs: 5_000, listAccounts })
  await readMessage(stream)
  vi.advanceTimersByTime(4_000)
  await record()
  expect((await readMessage(stream)).entry).not.toBeNull()
  const waiting = readMessage(stream)
  vi.advanceTimersByTime(4_999)
  expect(await Promise.race([waiting, 'nothing yet'])).toBe('nothing yet')
  vi.advanceTimersByTime(1)
  expect(await waiting).toMatchObject({ entry: null, gaps: [] })
  await stream.return()
})

describe('a stream that continues', () => {
  const polled = createAccount('trueconf', { polledEvents: { types: ['STARTED'], comparedFields: [] } })

  test('reports a gap for the time in which no stream had the account polled', async () => {
    const { events, subscribe, clock } = openEvents({ accounts: [polled] })
    const sink = events.createSink(polled)
    const stream = subscribe()
    sink.reportLive(clock.now(), 10, clock.now())
    const { cursor } = await readMessage(stream)
    // The polling has ended, and begins again.
    events.states.reset(polled)
    clock.advance(60_000)
    expect((await readMessage(subscribe({}, cursor))).gaps).toMatchObject([
      { account: { key: 'trueconf' }, reason: 'INTERRUPTED', since: cursor.sentAt, until: clock.now() },
    ])
    sink.reportLive(clock.now(), 10, clock.now() - 5_000)
    expect((await readMessage(subscribe({}, cursor))).gaps).toMatchObject([
      { since: cursor.sentAt, until: clock.now() - 5_000 },
    ])
    expect((await readMessage(subscribe())).gaps).toEqual([])
  })

  test('reports no gap if the account was polled all the time', async () => {
    const { events, subscribe, clock } = openEvents({ accounts: [polled] })
    const sink = events.createSink(polled)
    sink.reportLive(clock.now(), 10, clock.now())
    const { cursor } = await readMessage(subscribe())
    clock.advance(60_000)
    sink.reportInterrupted(new Problem('VENDOR_UNAVAILABLE', 'Gone.'))
    sink.reportLive(clock.now(), 10, clock.now())
    events.states.restart(polled)
    expect((await readMessage(subscribe({}, cursor))).gaps).toEqual([])
  })
})
