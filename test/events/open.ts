import { LiveEvents, type LiveEventsOptions } from '../../src/events/live-events.ts'
import { MemoryEventStore } from '../../src/events/log/event-store.ts'
import type { EventMessage } from '../../src/events/stream/event-message.ts'
import type { EventStream } from '../../src/events/stream/event-stream.ts'
import type { EventSelection } from '../../src/events/stream/selection.ts'
import type { EventCursor } from '../../src/events/log/log-position.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import type { VendorEvent } from '../../src/vendors/vendor-events.ts'
import type { Vendor } from '../../src/vendors/vendor.ts'
import { ManualClock } from '../operations/clock.ts'

/** Creates an account that has only what events need. */
export function createAccount(key: string, vendor: Vendor): Account {
  return { key, label: key, vendor, capabilities: [] } as unknown as Account
}

/** A vendor that sends all kinds of events in webhooks. */
export const pushingVendor: Vendor = {
  pushedEvents: { types: ['STARTED', 'ENDED', 'CHANGED'], readHook: async () => ({ kind: 'ignored' }), setupHint: '' },
}

export const noSelection: EventSelection = { accounts: null, types: null, conferences: null }

interface OpenOptions extends Partial<Pick<LiveEventsOptions, 'createWatcher' | 'onRecorded' | 'onStreamGap'>> {
  accounts?: readonly Account[]
  limits?: { eventLog?: number; eventLogTime?: number }
}

/** Opens live events over accounts, with a clock that the test sets. */
export function openEvents({
  accounts = [createAccount('zoom', pushingVendor)],
  limits,
  ...options
}: OpenOptions = {}) {
  const clock = new ManualClock()
  const all = { eventLog: 100, eventLogTime: 3_600_000, eventLinger: 30_000, streamEvent: 10_000, ...limits }
  const outdated: string[] = []
  const events = new LiveEvents({
    store: new MemoryEventStore({ getLimits: () => all, now: () => clock.now() }),
    clock,
    getLimits: () => all,
    createWatcher: () => null,
    ...options,
    onOutdated: (account, { conference, areUsersOutdated }) =>
      outdated.push(`${account} ${areUsersOutdated ? 'users' : conference}`),
  })
  events.watch(accounts)
  return {
    clock,
    events,
    accounts,
    outdated,
    subscribe: (selection: Partial<EventSelection> = {}, after: EventCursor | null = null) =>
      events.subscribe({
        selection: { ...noSelection, ...selection },
        after,
        heartbeatMs: null,
        listAccounts: () => accounts,
      }),
    /** Records an event that the first account has observed. */
    record: (event: Partial<VendorEvent> = {}, account = accounts[0]!) =>
      events
        .createSink(account)
        .record(null, [{ event: createEvent(event), origin: 'WEBHOOK', observedAt: clock.now(), identity: null }]),
  }
}

const createEvent = (event: Partial<VendorEvent>): VendorEvent => ({
  type: 'STARTED',
  conferenceId: '1',
  occurredAt: 0,
  changed: [],
  participant: null,
  raw: null,
  ...event,
})

/** Reads the next message, which must exist. */
export async function readMessage(stream: EventStream): Promise<EventMessage> {
  const { value } = await stream.next()
  if (!value) throw new Error('the stream has ended')
  return value
}

/** Reads messages until one has an event, and returns the event's conference. */
export async function readConferenceId(stream: EventStream): Promise<string> {
  for (;;) {
    const { entry } = await readMessage(stream)
    if (entry?.entry.kind === 'event') return entry.entry.event.conferenceId
  }
}
