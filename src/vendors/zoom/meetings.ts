import type { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path, type Query } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import type { FlatList } from '../vendor-lists.ts'
import { createNumberedList, createPageSchema } from './lists.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { getItemId, readField, requireId, toTimeZone } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import { type MeetingDetails, readMeeting, ZoomMeeting } from './conference.ts'
import { isNumber, toMeetingPathValue, toUserPathValue } from './path-values.ts'

const meetingPage = createPageSchema('meetings')

/** Fetches a meeting as raw JSON (`GET /meetings/{meetingId}`). @throws `NOT_FOUND`, also for expired meetings. */
export const fetchRawMeeting = async (
  client: VendorClient,
  id: string,
  call: CallContext,
  query: Query = {},
): Promise<unknown> => {
  const options = { query, schema: requireMeeting, subject: createSubject(id), rateLimit: 'light' }
  return client.read(path`/meetings/${toMeetingPathValue(id)}`, options, call)
}

/** @throws `VENDOR_BAD_RESPONSE` if the meeting has no ID. */
function requireMeeting(raw: unknown): unknown {
  requireId(getItemId(raw))
  return raw
}

/** A UUID does not reveal the number of its meeting, so that every change of a meeting can concern it. */
const createSubject = (id: string): ReadSubject => ({
  kind: 'conferences',
  conferenceId: isNumber(id) ? id : undefined,
  reportsRunning: (raw) => readField(raw, 'status') === 'started',
})

/** Fetches a meeting (`GET /meetings/{meetingId}`). @throws `NOT_FOUND`, also for expired meetings. */
export async function readMeetingBy(client: VendorClient, id: string, call: CallContext): Promise<MeetingDetails> {
  const sentAt = new Date()
  return readMeeting(await fetchRawMeeting(client, id, call), sentAt)
}

/**
 * Fetches a meeting with its past occurrences (`GET /meetings/{meetingId}`). All reads of a series for a list have this form,
 * so that they share one call. @throws `NOT_FOUND`, also for expired meetings.
 */
export const fetchRawSeries = (client: VendorClient, id: string, call: CallContext): Promise<unknown> =>
  fetchRawMeeting(client, id, call, { show_previous_occurrences: 'true' })

/** Whether an error means that the host has no meetings: Zoom reports a missing user, or one who cannot host (3161). */
const hasNoMeetings = ({ code, vendorCode }: Problem): boolean =>
  (code === 'NOT_FOUND' && vendorCode !== null) || vendorCode === '3161'

/** Requested meetings of a host. The list can contain other meetings, too. */
export interface MeetingListOptions {
  /** Whether to list only running meetings. Default: false. */
  live?: boolean
  /** Whether to fetch the starts of each series, which takes one vendor call for each. Default: false. */
  needsStarts?: boolean
  startsFrom?: Date | undefined
  startsBefore?: Date | undefined
}

/** Creates the list of a host's scheduled meetings that have not expired (`GET /users/{userId}/meetings`). */
export function createMeetingList(
  client: VendorClient,
  hostId: string,
  options: MeetingListOptions = {},
): FlatList<ZoomMeeting> {
  const { live = false, needsStarts = false } = options
  const list = { hostId, live }
  const meetings = createNumberedList(client, {
    getPath: () => path`/users/${toUserPathValue(hostId)}/meetings`,
    // Zoom does not document whether its lists of upcoming meetings contain a series that began earlier.
    query: { type: live ? 'live' : 'scheduled' },
    schema: meetingPage,
    subject: { kind: 'conferences', reportsRunning: () => live },
    rateLimit: 'medium',
    getId: getItemId,
    parseItem: (raw) => new ZoomMeeting(raw, list),
    replaceRejectedPage: (problem) => (hasNoMeetings(problem) ? { items: [], next: null, total: 0 } : null),
  })
  if (!needsStarts) return meetings
  const end = getFutureEnd(options)
  return {
    ...meetings,
    complete: (item) =>
      isSeries(item) && !(end && startsAtOrAfter(item, end)) ? (call) => fetchWithStarts(client, item, call) : null,
  }
}

/** Returns the end of the requested period. Null if the period has none, or is not in the future. */
const getFutureEnd = ({ startsFrom, startsBefore }: MeetingListOptions): Date | null =>
  startsFrom && startsBefore && startsFrom.getTime() >= Date.now() ? startsBefore : null

/** Whether the first or next start of a series, and so every later one, is at or after `end`. */
function startsAtOrAfter(item: unknown, end: Date): boolean {
  const timeZone = toTimeZone(readField(item, 'timezone')) ?? undefined
  const startsAt = parseTimestamp(readField(item, 'start_time'), timeZone)
  return startsAt !== null && startsAt >= end
}

/** Fetches a series with its past occurrences (`GET /meetings/{meetingId}`). Returns `item` if it was not found. */
async function fetchWithStarts(client: VendorClient, item: unknown, call: CallContext): Promise<unknown> {
  return (await nullIfNotFound(() => fetchRawSeries(client, getItemId(item)!, call))) ?? item
}

const isSeries = (item: unknown): boolean => getItemId(item) !== null && readField(item, 'type') === '8'
