import { z } from 'zod'
import type { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, List } from '../vendor.ts'
import { numberedList, pageShape } from './lists.ts'
import { type Meeting, meetingId, readMeeting } from './meeting.ts'
import { meetingRef, userRef } from './refs.ts'

const MeetingPage = pageShape('meetings')

/** `GET /meetings/{meetingId}`, as it came. Throws NOT_FOUND, also for those that have expired. */
export const rawMeetingBy = (client: Client, id: string, call: Call): Promise<unknown> =>
  client.get(path`/meetings/${meetingRef(id)}`, { shape: z.unknown(), limit: 'light' }, call)

/** The same, read. */
export const readMeetingBy = async (client: Client, id: string, call: Call): Promise<Meeting> =>
  readMeeting(await rawMeetingBy(client, id, call))

/** Whoever is gone, in Zoom's own words, or may not host (3161), has no meetings. */
const isNoHost = ({ code, vendorCode }: Problem): boolean =>
  (code === 'NOT_FOUND' && vendorCode !== null) || vendorCode === '3161'

/** `GET /users/{userId}/meetings`: a host's unexpired scheduled meetings, or of these the `live` ones. */
export function meetingsOf(client: Client, hostId: string, live = false): List<Conference> {
  return numberedList(client, {
    path: () => path`/users/${userRef(hostId)}/meetings`,
    query: { type: live ? 'live' : 'scheduled' },
    shape: MeetingPage,
    limit: 'medium',
    id: meetingId,
    read: (raw) => readMeeting(raw, { hostId, live }).conference,
    refused: (problem) => (isNoHost(problem) ? { items: [], next: null, total: 0 } : null),
  })
}
