import { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { List, Page, PageRequest, Participant, ParticipantRole, ParticipantStatus, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { readMeetingBy } from './meetings.ts'
import { type ListOptions, pageShape, tokenList } from './lists.ts'
import type { Meeting } from './meeting.ts'
import { nullIfGone } from '../problems.ts'
import { isNumber, meetingRef } from './refs.ts'
import { text, webAddress } from '../lenient.ts'
import { email, field, instant, readItem } from './shapes.ts'

const RegistrantPage = pageShape('registrants')
const AttendeePage = pageShape('participants')
const Row = z.object({
  id: text,
  participant_user_id: text,
  user_name: text,
  name: text,
  email,
  user_email: email,
  first_name: text,
  last_name: text,
  role: text,
  status: text,
  join_time: instant,
  leave_time: instant,
  join_url: webAddress,
})

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

export function readParticipant(source: Source, conferenceId: string, raw: unknown): Participant {
  const { id: vendorId, item } = readItem(Row, raw, idOf(source, raw))
  const registered = source === 'approved' || source === 'pending'
  return {
    vendorId,
    conferenceId,
    // A registrant's id is no user's.
    userId: registered ? null : (item.participant_user_id ?? item.id),
    displayName: item.user_name ?? item.name ?? ([item.first_name, item.last_name].filter(Boolean).join(' ') || null),
    email: item.email ?? item.user_email,
    role: registered ? 'ATTENDEE' : (roles.get(item.role ?? '') ?? 'UNKNOWN'),
    status: statusOf(source, item),
    joinedAt: item.join_time,
    leftAt: item.leave_time,
    joinUrl: item.join_url,
    get raw() {
      return withoutCredentials(raw)
    },
  }
}

function statusOf(source: Source, { status, leave_time }: z.infer<typeof Row>): ParticipantStatus {
  if (source === 'past') return 'LEFT'
  if (source === 'live') return leave_time ? 'LEFT' : (liveStatuses.get(status ?? '') ?? 'UNKNOWN')
  const word = status ?? source
  return word === 'approved' || word === 'pending' ? 'REGISTERED' : 'UNKNOWN'
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
    shape: RegistrantPage,
    limit: 'medium',
    id: (raw) => idOf(status, raw),
    read: (raw) => readParticipant(status, conferenceId, raw),
    refused,
  })

/** Who is in the running meeting (the dashboard's list), or was in the last one that ended. */
function attendees(client: Client, conferenceId: string, source: 'live' | 'past'): List<Participant> {
  const ref = meetingRef(conferenceId)
  const options: ListOptions<Participant> = {
    path: () => path`/past_meetings/${ref}/participants`,
    shape: AttendeePage,
    limit: 'medium',
    id: (raw) => idOf(source, raw),
    read: (raw) => readParticipant(source, conferenceId, raw),
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
