import type { AccountGap, EventMessage } from '../events/stream/event-message.ts'
import type { EventEntry } from '../events/log/log-entry.ts'
import type { RecordedEntry } from '../events/log/event-log.ts'
import { encodeEventCursor } from '../events/log/log-position.ts'
import { listEventTypes } from '../events/stream/selection.ts'
import { listOrigins } from '../events/watch/source-states.ts'
import type { SourceState } from '../events/watch/source.ts'
import type { Account } from '../vendors/accounts.ts'
import type { EventParticipant } from '../vendors/vendor-events.ts'
import type { Participant } from '../vendors/vendor-objects.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { encodeId } from './ids.ts'
import { ParticipantRef } from './participant.ts'
import { ProblemRef, toProblemField } from './problem.ts'
import { withAccount, type WithAccount } from './with-account.ts'

/** An event of the log, with its account and its entry. */
interface ReportedEvent extends EventEntry {
  recorded: RecordedEntry
  owner: Account
}

/** The state of an account, with the account. */
interface ReportedSource extends SourceState {
  account: Account
}

export const ConferenceEventTypeEnum = builder.enumType('ConferenceEventType', {
  description: 'Kind of a conference event.',
  values: {
    CHANGED: {
      description:
        'The title, description, schedule, or another property changed, or one occurrence of a series was deleted. Starting, ending, and the passage of time are not changes.',
    },
    CREATED: { description: "Was created, or was restored from the vendor's trash." },
    DELETED: { description: 'Was deleted.' },
    ENDED: { description: 'Ended. The conference can start again later.' },
    PARTICIPANT_JOINED: { description: 'A participant joined.' },
    PARTICIPANT_LEFT: { description: 'A participant left.' },
    RECORDING_READY: { description: 'A recording of the conference is available.' },
    STARTED: { description: 'Started and is running.' },
  } as const,
})

const EventOrigin = builder.enumType('EventOrigin', {
  description: 'How the server observed an event.',
  values: {
    POLL: { description: "Found by comparing the vendor's current data with earlier data." },
    SOCKET: {
      description: 'Received over a connection that the server opened to the vendor.',
    },
    WEBHOOK: { description: 'Received in a signed request from the vendor.' },
  } as const,
})

const EventGapReason = builder.enumType('EventGapReason', {
  description: 'Reason why events may have been missed.',
  values: {
    INTERRUPTED: {
      description:
        'The server could not receive events from the vendor, could not poll the vendor, or received an event too late.',
    },
    NOT_KEPT: {
      description: 'The events after the cursor in `after` are no longer kept, or this server never kept them.',
    },
    TOO_SLOW: { description: 'The client read the stream too slowly.' },
  } as const,
})

const EventSourceStatus = builder.enumType('EventSourceStatus', {
  description: 'Whether events of an account are available now.',
  values: {
    CONNECTING: {
      description:
        'The server is connecting to the vendor or polling it for the first time. Events before `LIVE` can be missed.',
    },
    INTERRUPTED: { description: 'Events cannot be received now. A gap is reported when the account is `LIVE` again.' },
    LIVE: { description: 'Events are delivered.' },
    UNSUPPORTED: { description: 'Events are not available. `problem` explains the reason.' },
  } as const,
})

const EventGap = builder.objectRef<AccountGap>('EventGap').implement({
  description: 'A period in which events of an account may have been missed.',
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: 'Account whose events may have been missed.',
      resolve: ({ account }) => account,
    }),
    reason: t.expose('reason', { type: EventGapReason, nullable: false, description: 'Reason for the gap.' }),
    since: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the gap began.',
      resolve: ({ since }) => new Date(since),
    }),
    until: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the gap ended.',
      resolve: ({ until }) => new Date(until),
    }),
  }),
})

const EventSource = builder.objectRef<ReportedSource>('EventSource').implement({
  description: 'The watch status of an account in an event stream.',
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: 'Account that this source describes.',
      resolve: ({ account }) => account,
    }),
    heardAt: t.field({
      type: 'DateTime',
      description:
        'When the server last received a message from the vendor or last completed a poll. Null if neither has happened yet.',
      resolve: ({ heardAt }) => toDate(heardAt),
    }),
    interval: t.exposeInt('interval', {
      description:
        'Number of seconds within which a change is detected at the current polling rate. Null if the vendor sends events without being polled.',
    }),
    origins: t.field({
      type: [EventOrigin],
      nullable: { list: false, items: false },
      description: 'Ways in which the events of this account arrive. Empty if no events are available.',
      resolve: ({ account }) => listOrigins(account),
    }),
    problem: t.field({
      type: ProblemRef,
      description:
        'Reason why the status is `INTERRUPTED` or `UNSUPPORTED`. Null if the status is `CONNECTING` or `LIVE`.',
      resolve: ({ problem }) => toProblemField(problem),
    }),
    status: t.expose('status', {
      type: EventSourceStatus,
      nullable: false,
      description: 'Whether events of this account are available now.',
    }),
    types: t.field({
      type: [ConferenceEventTypeEnum],
      nullable: { list: false, items: false },
      description: 'Kinds of events that this account can report.',
      resolve: ({ account }) => listEventTypes(account),
    }),
  }),
})

const ConferenceEvent = builder.objectRef<ReportedEvent>('ConferenceEvent').implement({
  description:
    'Something that happened to a conference. Each stream receives an event once. Events of one account arrive in the order in which the server observed them, which can differ from the order of `occurredAt`.',
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: 'Account of the conference.',
      resolve: ({ owner }) => owner,
    }),
    changed: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description:
        'Names of the `Conference` fields that are known to have changed, for `CHANGED` events. Empty for other events, and if neither the vendor nor the comparison reports the fields.',
      resolve: ({ event }) => event.changed,
    }),
    conference: t.field({
      type: ConferenceRef,
      description:
        'Conference at the time when the message is created. All streams that select this field share one read. The newest event determines whether the state is `RUNNING`. Null if the conference no longer exists.',
      resolve: async ({ owner, recorded }, _, { events }) => {
        const conference = await events.loadConference(owner, recorded)
        return conference && withAccount(owner, conference)
      },
    }),
    conferenceId: t.id({
      nullable: false,
      description: 'ID of the conference. Present even if the conference no longer exists.',
      resolve: ({ owner, event }) => encodeId('Conference', owner.key, event.conferenceId),
    }),
    observedAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the server observed the event.',
      resolve: ({ observedAt }) => new Date(observedAt),
    }),
    occurredAt: t.field({
      type: 'DateTime',
      nullable: false,
      description:
        "When the event happened, by the vendor's clock. If the vendor was polled, when the server observed the event.",
      resolve: ({ event }) => new Date(event.occurredAt),
    }),
    origin: t.expose('origin', {
      type: EventOrigin,
      nullable: false,
      description: 'How the server observed the event.',
    }),
    participant: t.field({
      type: ParticipantRef,
      description:
        "Participant who joined or left. The `id` is the same as in the conference's list of participants if the vendor reports enough data. Null for other event types.",
      resolve: ({ owner, event }) => event.participant && toParticipant(owner, event.conferenceId, event.participant),
    }),
    raw: t.field({
      type: 'JSON',
      description:
        "The vendor's message without credentials. Null if the vendor was polled or if the message was larger than 64 KiB.",
      resolve: ({ event }) => event.raw,
    }),
    type: t.field({
      type: ConferenceEventTypeEnum,
      nullable: false,
      description: 'Kind of event.',
      resolve: ({ event }) => event.type,
    }),
  }),
})

export const ConferenceEventMessage = builder.objectRef<EventMessage>('ConferenceEventMessage').implement({
  description:
    'A message of an event stream. A message without an event reports a change in `sources`, a gap, or only that the stream is open.',
  fields: (t) => ({
    cursor: t.string({
      nullable: false,
      description:
        'Opaque cursor of this message. Valid as `after` at any process of the server, with any filter. Messages of the same event have the same cursor in every stream, so that a client can recognize events that it has already received.',
      resolve: ({ cursor }) => encodeEventCursor(cursor),
    }),
    event: t.field({
      type: ConferenceEvent,
      description: 'Event that happened. Null if the message only reports gaps or sources.',
      resolve: ({ entry, accounts }) => entry && toReportedEvent(entry, accounts),
    }),
    gaps: t.field({
      type: [EventGap],
      nullable: { list: false, items: false },
      description:
        'Periods, by account, in which events may have been missed since the previous message. If you display affected objects, fetch them again. A gap comes before the events that follow it.',
      resolve: ({ gaps }) => gaps,
    }),
    sources: t.field({
      type: [EventSource],
      nullable: { list: false, items: false },
      description: 'Current watch status of each account that the filter selects, in configuration order.',
      resolve: ({ accounts }, _, { events }) =>
        accounts.map((account): ReportedSource => ({ account, ...events.states.find(account) })),
    }),
  }),
})

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))

/** Returns null if the caller has lost access to the account. */
function toReportedEvent(recorded: RecordedEntry, accounts: readonly Account[]): ReportedEvent | null {
  const { entry } = recorded
  const owner = accounts.find(({ key }) => key === entry.account)
  return entry.kind === 'event' && owner ? { ...entry, recorded, owner } : null
}

function toParticipant(
  account: Account,
  conferenceId: string,
  { joinedAt, leftAt, ...participant }: EventParticipant,
): WithAccount<Participant> {
  const times = { joinedAt: toDate(joinedAt), leftAt: toDate(leftAt) }
  return withAccount(account, { ...participant, ...times, conferenceId, joinUrl: null, raw: {} })
}
