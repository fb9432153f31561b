import type { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import { asItIs, type Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { List } from '../vendor.ts'
import { numberedList, pageShape } from './lists.ts'
import { nullIfGone } from '../kit/problems.ts'
import { getItemId, readField } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import { type Meeting, readMeeting, ZoomMeeting } from './conference.ts'
import { meetingRef, userRef } from './path-values.ts'

const meetingPage = pageShape('meetings')

/** `GET /meetings/{meetingId}`, as it came. Throws NOT_FOUND, also for those that have expired. */
export const rawMeetingBy = (client: Client, id: string, call: Call): Promise<unknown> =>
  client.get(path`/meetings/${meetingRef(id)}`, { shape: asItIs, limit: 'light' }, call)

/** The same, read. */
export const readMeetingBy = async (client: Client, id: string, call: Call): Promise<Meeting> =>
  readMeeting(await rawMeetingBy(client, id, call))

/** Whoever is gone, in Zoom's own words, or may not host (3161), has no meetings. */
const isNoHost = ({ code, vendorCode }: Problem): boolean =>
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
export function meetingsOf(client: Client, hostId: string, options: MeetingListOptions = {}): List<ZoomMeeting> {
  const { live = false, needsStarts = false, startsBefore } = options
  const isUpcoming = isAhead(options)
  const list = { hostId, live }
  const meetings = numberedList(client, {
    path: () => path`/users/${userRef(hostId)}/meetings`,
    query: { type: live ? 'live' : isUpcoming ? 'upcoming_meetings' : 'scheduled' },
    shape: meetingPage,
    limit: 'medium',
    id: getItemId,
    read: (raw) => new ZoomMeeting(raw, list),
    refused: (problem) => (isNoHost(problem) ? { items: [], next: null, total: 0 } : null),
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
async function fetchWithStarts(client: Client, item: unknown, call: Call): Promise<unknown> {
  const query = { show_previous_occurrences: 'true' }
  const target = path`/meetings/${meetingRef(getItemId(item)!)}`
  const whole = client.get(target, { query, shape: asItIs, limit: 'light' }, call)
  return (await nullIfGone(whole)) ?? item
}

const isSeries = (item: unknown): boolean => getItemId(item) !== null && readField(item, 'type') === '8'
