import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { List, Page, PageRequest, Participant, Vendor } from '../vendor.ts'
import { readMeetingBy } from './meetings.ts'
import { type ListOptions, pageShape, tokenList } from './lists.ts'
import type { Meeting } from './conference.ts'
import { nullIfGone } from '../kit/problems.ts'
import { getParticipantId, type ParticipantListKind, ZoomParticipant } from './participant.ts'
import { isNumber, meetingRef } from './path-values.ts'

const registrantPage = pageShape('registrants')
const attendeePage = pageShape('participants')

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
    id: (raw) => getParticipantId(status, raw),
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
    id: (raw) => getParticipantId(source, raw),
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
      const sources: Readonly<Record<ParticipantListKind, () => List<Participant>>> = {
        live: () => only(attendees(client, id, 'live'), id, ({ conference }) => conference.state === 'RUNNING'),
        approved: () => only(registrants(client, id, 'approved'), id, (meeting) => meeting.takesRegistrations),
        pending: () => only(registrants(client, id, 'pending'), id, (meeting) => meeting.takesRegistrations),
        past: () => attendees(client, id, 'past'),
      }
      // A UUID names one time that a meeting was held; registrations belong to the meeting.
      const outer = isNumber(id) ? Object.keys(sources) : ['past']
      return { outer, inner: (source) => sources[source as ParticipantListKind]() }
    },
  }
}
