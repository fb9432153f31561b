import type { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { anyJson, type VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { FlatList } from '../vendor.ts'
import { createNumberedList, createPageSchema } from './lists.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { getItemId, readField } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import { type MeetingDetails, readMeeting, ZoomMeeting } from './conference.ts'
import { toMeetingPathValue, toUserPathValue } from './path-values.ts'

const meetingPage = createPageSchema('meetings')

/** `GET /meetings/{meetingId}`, as it came. Throws NOT_FOUND, also for those that have expired. */
export const fetchRawMeeting = (client: VendorClient, id: string, call: CallContext): Promise<unknown> =>
  client.read(path`/meetings/${toMeetingPathValue(id)}`, { schema: anyJson, rateLimit: 'light' }, call)

/** The same, read. */
export const readMeetingBy = async (client: VendorClient, id: string, call: CallContext): Promise<MeetingDetails> =>
  readMeeting(await fetchRawMeeting(client, id, call))

/** Whoever is gone, in Zoom's own words, or may not host (3161), has no meetings. */
const hasNoMeetings = ({ code, vendorCode }: Problem): boolean =>
  (code === 'NOT_FOUND' && vendorCode !== null) || vendorCode === '3161'

/** What is wanted of a host's meetings. The list can have others, too. */
export interface MeetingListOptions {
  /** Only those that run now. */
  live?: boolean
  /** The starts of a series are wanted: one call for each, since the list reports none of them. */
  needsStarts?: boolean
  startsFrom?: Date | undefined
  startsBefore?: Date | undefined
}

/** `GET /users/{userId}/meetings`: a host's unexpired scheduled meetings. */
export function createMeetingList(
  client: VendorClient,
  hostId: string,
  options: MeetingListOptions = {},
): FlatList<ZoomMeeting> {
  const { live = false, needsStarts = false, startsBefore } = options
  const isUpcoming = isAhead(options)
  const list = { hostId, live }
  const meetings = createNumberedList(client, {
    getPath: () => path`/users/${toUserPathValue(hostId)}/meetings`,
    query: { type: live ? 'live' : isUpcoming ? 'upcoming_meetings' : 'scheduled' },
    schema: meetingPage,
    rateLimit: 'medium',
    getId: getItemId,
    parseItem: (raw) => new ZoomMeeting(raw, list),
    replaceRejectedPage: (problem) => (hasNoMeetings(problem) ? { items: [], next: null, total: 0 } : null),
  })
  if (!needsStarts) return meetings
  return {
    ...meetings,
    complete: (item, call) => {
      const isOutside = isUpcoming && startsAtOrAfter(item, startsBefore!)
      return isSeries(item) && !isOutside ? fetchWithStarts(client, item, call) : null
    },
  }
}

const dayMs = 86_400_000
/** Zoom's lists of what is to come reach 6 months ahead. */
const upcomingMs = 180 * dayMs

/** Whether all starts that are wanted are still to come, and within what Zoom lists as upcoming. */
function isAhead({ startsFrom, startsBefore }: MeetingListOptions): boolean {
  if (!startsFrom || !startsBefore) return false
  const now = Date.now()
  return startsFrom.getTime() >= now && startsBefore.getTime() <= now + upcomingMs
}

/** Whether the first or next start of a series, and so each of those to come, is at `end` or later, in any time zone. */
function startsAtOrAfter(item: unknown, end: Date): boolean {
  const startsAt = parseTimestamp(readField(item, 'start_time'))
  return startsAt !== null && startsAt.getTime() - dayMs >= end.getTime()
}

/** Returns a series as `GET /meetings/{meetingId}` reports it, past occurrences included. */
async function fetchWithStarts(client: VendorClient, item: unknown, call: CallContext): Promise<unknown> {
  const query = { show_previous_occurrences: 'true' }
  const target = path`/meetings/${toMeetingPathValue(getItemId(item)!)}`
  const whole = client.read(target, { query, schema: anyJson, rateLimit: 'light' }, call)
  return (await nullIfNotFound(whole)) ?? item
}

const isSeries = (item: unknown): boolean => getItemId(item) !== null && readField(item, 'type') === '8'
