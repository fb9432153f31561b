import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import type { FlatList, VendorPage, PageRequest } from '../vendor-lists.ts'
import type { Participant } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { readMeetingBy } from './meetings.ts'
import { type ZoomListOptions, createPageSchema, createTokenList } from './lists.ts'
import type { MeetingDetails } from './conference.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { getParticipantId, type ParticipantListKind, ZoomParticipant } from './participant.ts'
import { isNumber, toMeetingPathValue } from './path-values.ts'

const registrantPage = createPageSchema('registrants')
const attendeePage = createPageSchema('participants')

/** Replaces a list that the account's plan or scopes do not include by an empty page, which reports the problem. */
function replaceRejectedPage(problem: Problem): VendorPage | null {
  const emptyPage: VendorPage = { items: [], next: null }
  if (problem.code === 'NOT_FOUND') return { ...emptyPage, total: 0 }
  return problem.code === 'VENDOR_REJECTED' || problem.code === 'VENDOR_FORBIDDEN' ? { ...emptyPage, problem } : null
}

const createSubject = (id: string): ReadSubject => ({
  kind: 'participants',
  conferenceId: isNumber(id) ? id : undefined,
})

/** Registrants with one status (`GET /meetings/{meetingId}/registrants`). */
export const createRegistrantList = (
  client: VendorClient,
  conferenceId: string,
  status: 'approved' | 'pending',
): FlatList<Participant> =>
  createTokenList(client, {
    getPath: () => path`/meetings/${toMeetingPathValue(conferenceId)}/registrants`,
    query: { status },
    schema: registrantPage,
    subject: createSubject(conferenceId),
    rateLimit: 'medium',
    getId: (raw) => getParticipantId(status, raw),
    parseItem: (raw) => new ZoomParticipant(status, conferenceId, raw),
    replaceRejectedPage: replaceRejectedPage,
  })

/**
 * Participants in the running meeting (`GET /metrics/meetings/{meetingId}/participants`), or in the last one that has ended
 * (`GET /past_meetings/{meetingId}/participants`).
 */
function listAttendees(client: VendorClient, conferenceId: string, source: 'live' | 'past'): FlatList<Participant> {
  const ref = toMeetingPathValue(conferenceId)
  const options: ZoomListOptions<Participant> = {
    getPath: () => path`/past_meetings/${ref}/participants`,
    schema: attendeePage,
    subject: createSubject(conferenceId),
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

/** Participants: those in the running meeting, registrants, and those of the last meeting that has ended. */
export function createParticipantResource(client: VendorClient): Required<Pick<Vendor, 'participants'>> {
  /** Wraps a list that is requested only if the meeting can have it. */
  const listIf = (
    list: FlatList<Participant>,
    id: string,
    has: (meeting: MeetingDetails) => boolean,
  ): FlatList<Participant> => ({
    ...list,
    async loadPage(request: PageRequest, call: CallContext) {
      const meeting = await nullIfNotFound(() => readMeetingBy(client, id, call))
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
      // A UUID identifies one past instance of a meeting, which has no registrants.
      const parent = isNumber(id) ? Object.keys(sources) : ['past']
      return { parent, getChildList: (source) => sources[source as ParticipantListKind]() }
    },
  }
}
