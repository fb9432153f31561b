import { z } from 'zod'
import type { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, List } from '../vendor.ts'
import { numberedList, pageShape } from './lists.ts'
import { nullIfGone } from '../problems.ts'
import { type Meeting, meetingId, readMeeting } from './meeting.ts'
import { meetingRef, userRef } from './refs.ts'
import { field } from './shapes.ts'

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

export interface MeetingListOptions {
  /** Only those that run now. */
  live?: boolean
  /** The starts of a series are wanted: one call for each, since the list reports none of them. */
  needsStarts?: boolean
}

/** `GET /users/{userId}/meetings`: a host's unexpired scheduled meetings. */
export function meetingsOf(
  client: Client,
  hostId: string,
  { live = false, needsStarts = false }: MeetingListOptions = {},
): List<Conference> {
  const list = numberedList(client, {
    path: () => path`/users/${userRef(hostId)}/meetings`,
    query: { type: live ? 'live' : 'scheduled' },
    shape: MeetingPage,
    limit: 'medium',
    id: meetingId,
    read: (raw) => readMeeting(raw, { hostId, live }).conference,
    refused: (problem) => (isNoHost(problem) ? { items: [], next: null, total: 0 } : null),
  })
  if (!needsStarts) return list
  return {
    ...list,
    async page(request, call) {
      const page = await list.page(request, call)
      return { ...page, items: await Promise.all(page.items.map((item) => withStarts(client, item, call))) }
    },
  }
}

/** A series as `GET /meetings/{meetingId}` shows it, past occurrences included; any other meeting as it is. */
async function withStarts(client: Client, item: unknown, call: Call): Promise<unknown> {
  const id = meetingId(item)
  if (id === null || !isSeries(item)) return item
  const query = { show_previous_occurrences: 'true' }
  const whole = client.get(path`/meetings/${meetingRef(id)}`, { query, shape: z.unknown(), limit: 'light' }, call)
  return (await nullIfGone(whole)) ?? item
}

const isSeries = (item: unknown): boolean => field(item, 'type') === '8'
