import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { List, Page, PageRequest, Participant, ParticipantRole, ParticipantStatus, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../kit/credentials.ts'
import { readMeetingBy } from './meetings.ts'
import { type ListOptions, pageShape, tokenList } from './lists.ts'
import type { Meeting } from './meeting.ts'
import { nullIfGone } from '../kit/problems.ts'
import { isNumber, meetingRef } from './refs.ts'
import { requireId, toText, toWebAddress, type Unread } from '../kit/lenient.ts'
import { field, toEmail } from './shapes.ts'
import { instantOf } from './time.ts'

const registrantPage = pageShape('registrants')
const attendeePage = pageShape('participants')
type Row = Unread<
  | 'id'
  | 'participant_user_id'
  | 'user_name'
  | 'name'
  | 'email'
  | 'user_email'
  | 'first_name'
  | 'last_name'
  | 'role'
  | 'status'
  | 'join_time'
  | 'leave_time'
  | 'join_url'
>

type Source = 'live' | 'approved' | 'pending' | 'past'

const roles: ReadonlyMap<string, ParticipantRole> = new Map([
  ['host', 'OWNER'],
  ['attendee', 'ATTENDEE'],
])
const liveStatuses: ReadonlyMap<string, ParticipantStatus> = new Map([
  ['in_meeting', 'JOINED'],
  ['in_waiting_room', 'WAITING'],
])

/** Zoom names no joins, of which one person may have many; a registrant keeps Zoom's own id. */
export const isRegistrant = (participantId: string): boolean => !/^(?:live|past|link|user):/.test(participantId)

function idOf(source: Source, raw: unknown): string | null {
  if (source === 'approved' || source === 'pending') return field(raw, 'id')
  const person = field(raw, 'user_id') ?? field(raw, 'participant_uuid') ?? field(raw, 'id')
  return person && `${source}:${person}:${field(raw, 'join_time') ?? ''}`
}

/** A person over what one source shows of it. Fields are read when they are asked for. */
export class ZoomParticipant implements Participant {
  readonly vendorId: string
  readonly conferenceId: string
  readonly #row: Row
  readonly #source: Source

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(source: Source, conferenceId: string, raw: unknown) {
    this.vendorId = requireId(idOf(source, raw))
    this.conferenceId = conferenceId
    this.#row = raw as Row
    this.#source = source
  }

  get userId() {
    // A registrant's id is no user's.
    return this.#isRegistrant ? null : (toText(this.#row.participant_user_id) ?? toText(this.#row.id))
  }
  get displayName() {
    const { user_name, name, first_name, last_name } = this.#row
    const parts = [toText(first_name), toText(last_name)]
    return toText(user_name) ?? toText(name) ?? (parts.filter(Boolean).join(' ') || null)
  }
  get email() {
    return toEmail(this.#row.email) ?? toEmail(this.#row.user_email)
  }
  get role() {
    return this.#isRegistrant ? 'ATTENDEE' : (roles.get(toText(this.#row.role) ?? '') ?? 'UNKNOWN')
  }
  get status(): ParticipantStatus {
    const status = toText(this.#row.status)
    if (this.#source === 'past') return 'LEFT'
    if (this.#source === 'live') return this.leftAt ? 'LEFT' : (liveStatuses.get(status ?? '') ?? 'UNKNOWN')
    const word = status ?? this.#source
    return word === 'approved' || word === 'pending' ? 'REGISTERED' : 'UNKNOWN'
  }
  get joinedAt() {
    return instantOf(this.#row.join_time)
  }
  get leftAt() {
    return instantOf(this.#row.leave_time)
  }
  get joinUrl() {
    return toWebAddress(this.#row.join_url)
  }
  get raw() {
    return withoutCredentials(this.#row)
  }

  get #isRegistrant() {
    return this.#source === 'approved' || this.#source === 'pending'
  }
}

/** What one source may refuse while the others answer: a plan without it, a scope that is missing. */
function refused(problem: Problem): Page | null {
  const none: Page = { items: [], next: null }
  if (problem.code === 'NOT_FOUND') return { ...none, total: 0 }
  return problem.code === 'VENDOR_REJECTED' || problem.code === 'VENDOR_FORBIDDEN' ? { ...none, problem } : null
}

/** Registrants of one status: `GET /meetings/{meetingId}/registrants`. */
export const registrants = (client: Client, conferenceId: string, status: 'approved' | 'pending'): List<Participant> =>
  tokenList(client, {
    path: () => path`/meetings/${meetingRef(conferenceId)}/registrants`,
    query: { status },
    shape: registrantPage,
    limit: 'medium',
    id: (raw) => idOf(status, raw),
    read: (raw) => new ZoomParticipant(status, conferenceId, raw),
    refused,
  })

/** Who is in the running meeting (the dashboard's list), or was in the last one that ended. */
function attendees(client: Client, conferenceId: string, source: 'live' | 'past'): List<Participant> {
  const ref = meetingRef(conferenceId)
  const options: ListOptions<Participant> = {
    path: () => path`/past_meetings/${ref}/participants`,
    shape: attendeePage,
    limit: 'medium',
    id: (raw) => idOf(source, raw),
    read: (raw) => new ZoomParticipant(source, conferenceId, raw),
    refused,
  }
  if (source === 'past') return tokenList(client, options)
  const live = { path: () => path`/metrics/meetings/${ref}/participants`, query: { type: 'live' }, limit: 'heavy' }
  return tokenList(client, { ...options, ...live })
}

/** Joins now, registrations, and joins of the meeting that ended last, each from an endpoint of its own. */
export function participants(client: Client): Required<Pick<Vendor, 'participants'>> {
  /** A list that is asked for only where the meeting, as it is, can have it. */
  const only = (list: List<Participant>, id: string, has: (meeting: Meeting) => boolean): List<Participant> => ({
    ...list,
    async page(request: PageRequest, call: Call) {
      const meeting = await nullIfGone(readMeetingBy(client, id, call))
      return meeting && has(meeting) ? list.page(request, call) : { items: [], next: null, total: 0 }
    },
  })

  return {
    participants(id) {
      const sources: Readonly<Record<Source, () => List<Participant>>> = {
        live: () => only(attendees(client, id, 'live'), id, ({ conference }) => conference.state === 'RUNNING'),
        approved: () => only(registrants(client, id, 'approved'), id, (meeting) => meeting.takesRegistrations),
        pending: () => only(registrants(client, id, 'pending'), id, (meeting) => meeting.takesRegistrations),
        past: () => attendees(client, id, 'past'),
      }
      // A UUID names one time that a meeting was held; registrations belong to the meeting.
      const outer = isNumber(id) ? Object.keys(sources) : ['past']
      return { outer, inner: (source) => sources[source as Source]() }
    },
  }
}
