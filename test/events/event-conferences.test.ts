import { expect, test } from 'vitest'
import type { VendorEvent } from '../../src/vendors/vendor-events.ts'
import type { Conference, ConferenceState, Schedule } from '../../src/vendors/vendor-objects.ts'
import { createAccount, openEvents, pushingVendor, readMessage } from './open.ts'

/** Like the classes of vendors: the state is a getter. */
class VendorConference {
  readonly vendorId: string
  readonly schedule: Schedule | null
  readonly #state: ConferenceState

  constructor(vendorId: string, state: ConferenceState, schedule: Schedule | null = null) {
    this.vendorId = vendorId
    this.schedule = schedule
    this.#state = state
  }

  get state(): ConferenceState {
    return this.#state
  }
}

/** Opens events of an account whose vendor reports the conference that `getConference` returns. */
function openWith(response: () => VendorConference | null) {
  const reads: string[] = []
  const account = createAccount('zoom', {
    ...pushingVendor,
    getConference: async (id) => {
      reads.push(id)
      return response() as unknown as Conference | null
    },
  })
  const opened = openEvents({ accounts: [account] })
  const loadNext = async (event: Partial<VendorEvent>) => {
    const stream = opened.subscribe()
    await readMessage(stream)
    await opened.record(event)
    const { entry } = await readMessage(stream)
    return { conference: await opened.events.loadConference(account, entry!), entry: entry! }
  }
  return { ...opened, account, reads, loadNext }
}

test('reads the conference of an event once for all streams, and not before the event', async () => {
  const { events, account, reads, loadNext, clock } = openWith(() => new VendorConference('1', 'RUNNING'))
  const { entry } = await loadNext({})
  await Promise.all([events.loadConference(account, entry), events.loadConference(account, entry)])
  expect(reads).toEqual(['1'])
  clock.advance(60_000)
  await events.loadConference(account, entry)
  expect(reads).toEqual(['1', '1'])
})

test('returns null without a read for a deleted conference, and null if the vendor does not have it anymore', async () => {
  const { reads, loadNext } = openWith(() => null)
  expect((await loadNext({ type: 'DELETED' })).conference).toBeNull()
  expect(reads).toEqual([])
  expect((await loadNext({ type: 'CHANGED' })).conference).toBeNull()
  expect(reads).toEqual(['1'])
})

test('shows a conference as running after it started, and not after it ended, whatever the vendor still reports', async () => {
  let reported: ConferenceState = 'SCHEDULED'
  const { loadNext } = openWith(() => new VendorConference('1', reported))
  expect((await loadNext({ type: 'STARTED', occurredAt: 100 })).conference!.state).toBe('RUNNING')
  reported = 'RUNNING'
  expect((await loadNext({ type: 'ENDED', occurredAt: 200 })).conference!.state).toBe('ENDED')
})

test('leaves a conference running if the end of an earlier session arrives after the start of the next one', async () => {
  const { loadNext } = openWith(() => new VendorConference('1', 'SCHEDULED'))
  await loadNext({ type: 'STARTED', occurredAt: 300 })
  expect((await loadNext({ type: 'ENDED', occurredAt: 200 })).conference!.state).toBe('RUNNING')
})

test('shows a series as scheduled, and a permanent room as idle, after it ended', async () => {
  const schedules: Schedule[] = [
    { kind: 'recurring', rrule: 'FREQ=DAILY', nextStartsAt: new Date(), durationMinutes: 30, timeZone: 'UTC' },
    { kind: 'permanent', since: null },
  ]
  const states: ConferenceState[] = []
  for (const schedule of schedules) {
    const { loadNext } = openWith(() => new VendorConference('1', 'RUNNING', schedule))
    states.push((await loadNext({ type: 'ENDED' })).conference!.state)
  }
  expect(states).toEqual(['SCHEDULED', 'IDLE'])
})
