import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { FlatList, VendorPage, PageRequest, Participant, Vendor } from '../vendor.ts'
import { readMeetingBy } from './meetings.ts'
import { type ZoomListOptions, createPageSchema, createTokenList } from './lists.ts'
import type { MeetingDetails } from './conference.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { getParticipantId, type ParticipantListKind, ZoomParticipant } from './participant.ts'
import { isNumber, toMeetingPathValue } from './path-values.ts'

const registrantPage = createPageSchema('registrants')
const attendeePage = createPageSchema('participants')

/** What one source may refuse while the others answer: a plan without it, a scope that is missing. */
function replaceRejectedPage(problem: Problem): VendorPage | null {
  const none: VendorPage = { items: [], next: null }
  if (problem.code === 'NOT_FOUND') return { ...none, total: 0 }
  return problem.code === 'VENDOR_REJECTED' || problem.code === 'VENDOR_FORBIDDEN' ? { ...none, problem } : null
}

/** Registrants of one status: `GET /meetings/{meetingId}/registrants`. */
export const createRegistrantList = (
  client: VendorClient,
  conferenceId: string,
  status: 'approved' | 'pending',
): FlatList<Participant> =>
  createTokenList(client, {
    getPath: () => path`/meetings/${toMeetingPathValue(conferenceId)}/registrants`,
    query: { status },
    schema: registrantPage,
    rateLimit: 'medium',
    getId: (raw) => getParticipantId(status, raw),
    parseItem: (raw) => new ZoomParticipant(status, conferenceId, raw),
    replaceRejectedPage: replaceRejectedPage,
  })

/** Who is in the running meeting (the dashboard's list), or was in the last one that ended. */
function listAttendees(client: VendorClient, conferenceId: string, source: 'live' | 'past'): FlatList<Participant> {
  const ref = toMeetingPathValue(conferenceId)
  const options: ZoomListOptions<Participant> = {
    getPath: () => path`/past_meetings/${ref}/participants`,
    schema: attendeePage,
    rateLimit: 'medium',
    getId: (raw) => getParticipantId(source, raw),
    parseItem: (raw) => new ZoomParticipant(source, conferenceId, raw),
    replaceRejectedPage: replaceRejectedPage,
  }
  if (source === 'past') return createTokenList(client, options)
  const live = {
    getPath: () => path`/metrics/meetings/${ref}/participants`,
    query: { type: 'live' },
    rateLimit: 'heavy',
  }
  return createTokenList(client, { ...options, ...live })
}

/** Joins now, registrations, and joins of the meeting that ended last, each from an endpoint of its own. */
export function createParticipantResource(client: VendorClient): Required<Pick<Vendor, 'participants'>> {
  /** A list that is asked for only where the meeting, as it is, can have it. */
  const listIf = (
    list: FlatList<Participant>,
    id: string,
    has: (meeting: MeetingDetails) => boolean,
  ): FlatList<Participant> => ({
    ...list,
    async loadPage(request: PageRequest, call: CallContext) {
      const meeting = await nullIfNotFound(readMeetingBy(client, id, call))
      return meeting && has(meeting) ? list.loadPage(request, call) : { items: [], next: null, total: 0 }
    },
  })

  return {
    participants(id) {
      const sources: Readonly<Record<ParticipantListKind, () => FlatList<Participant>>> = {
        live: () => listIf(listAttendees(client, id, 'live'), id, ({ conference }) => conference.state === 'RUNNING'),
        approved: () =>
          listIf(createRegistrantList(client, id, 'approved'), id, (meeting) => meeting.requiresRegistration),
        pending: () =>
          listIf(createRegistrantList(client, id, 'pending'), id, (meeting) => meeting.requiresRegistration),
        past: () => listAttendees(client, id, 'past'),
      }
      // A UUID names one time that a meeting was held; registrations belong to the meeting.
      const outer = isNumber(id) ? Object.keys(sources) : ['past']
      return { parent: outer, getChildList: (source) => sources[source as ParticipantListKind]() }
    },
  }
}
