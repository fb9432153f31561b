import { formatCount } from '../../core/format-count.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path, type Query, type RequestPath } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { getItemId, readField } from '../kit/lenient.ts'
import { listDays, listMonths, toMonth } from '../kit/months.ts'
import { readWholeList } from '../kit/read-whole-list.ts'
import type { TimeRange } from '../kit/time-range.ts'
import type { FlatList, NestedList } from '../vendor-lists.ts'
import type { Conference, Recording } from '../vendor-objects.ts'
import { createPageSchema, createTokenList } from './lists.ts'
import { createFileList } from './recorded-session.ts'
import { readStart } from './session.ts'
import { createInstanceList } from './sessions.ts'

/** Maximum number of recorded sessions in a month. They are in memory together. */
const maxSessions = 10_000
const sessionLimit = {
  items: maxSessions,
  message: `Zoom reports more than ${formatCount(maxSessions)} recorded sessions in a month. Request a shorter period.`,
}

const meetingPage = createPageSchema('meetings')

/** Zoom lists the sessions of a meeting for 15 months. */
const listedSessionsMs = 456 * 86_400_000

/** Creates the list of an account's recordings, by month (`GET /accounts/me/recordings`). */
export function createAccountRecordingList(client: VendorClient, period: TimeRange): NestedList<Recording> {
  const source: RowSource = { getPath: () => path`/accounts/me/recordings`, matches: () => true }
  return {
    parent: listMonths(period),
    getChildList: (month) => createMonthList(client, source, String(month), period),
  }
}

/** Creates the list of a meeting's recordings, by month (`GET /users/{userId}/recordings`). */
export function createMeetingRecordingList(
  client: VendorClient,
  meeting: Conference,
  period: TimeRange,
): NestedList<Recording> {
  const { vendorId, ownerId } = meeting
  const source: RowSource = {
    getPath: () => (ownerId === null ? path`/accounts/me/recordings` : path`/users/${ownerId}/recordings`),
    query: { meeting_id: vendorId },
    matches: (row) => getItemId(row) === vendorId,
  }
  return {
    parent: createMeetingMonthList(client, meeting, period),
    failsWithChild: true,
    getChildList: (month) => createMonthList(client, source, String(month), period),
  }
}

/** Endpoint that lists recorded sessions. */
interface RowSource {
  getPath(): RequestPath
  query?: Query
  matches(row: unknown): boolean
}

/**
 * Creates the list of the recordings of one month. The month is read as a whole, because Zoom defines no order. Zoom would cut a
 * period of more than a month to one month, without an error.
 */
function createMonthList(
  client: VendorClient,
  source: RowSource,
  month: string,
  period: TimeRange,
): FlatList<Recording> {
  const sessions = createTokenList(client, {
    getPath: source.getPath,
    query: { ...source.query, ...listDays(month, period) },
    schema: meetingPage,
    rateLimit: 'medium',
    getId: (row) => readField(row, 'uuid'),
    parseItem: (row) => row,
  })
  const fetchSessions = async (call: CallContext): Promise<unknown[]> =>
    (await readWholeList(sessions, call, sessionLimit)).filter(source.matches)
  return createFileList(fetchSessions, period)
}

/**
 * Creates the list of months in which a meeting can have recordings: those with a session, the current one, because a session
 * that has just ended is listed late, and those of a time for which Zoom no longer lists sessions.
 */
function createMeetingMonthList(client: VendorClient, meeting: Conference, period: TimeRange): FlatList<string> {
  return {
    maxSize: 1_000,
    async loadPage(_, call) {
      const now = Date.now()
      const oldestListed = new Date(now - listedSessionsMs)
      const starts = [new Date(now), ...(await fetchSessionStarts(client, meeting.vendorId, call))]
      const monthsWithSession = new Set(starts.map(toMonth))
      const oldest = toMonth(meeting.createdAt ?? oldestListed)
      const isUnlisted = (month: string): boolean => month >= oldest && month <= toMonth(oldestListed)
      const items = listMonths(period).filter((month) => monthsWithSession.has(month) || isUnlisted(month))
      return { items, next: null, previous: null }
    },
    getId: String,
    parseItem: String,
  }
}

/** Fetches the starts of a meeting's sessions that have ended. */
async function fetchSessionStarts(client: VendorClient, id: string, call: CallContext): Promise<Date[]> {
  const list = createInstanceList(client, id)
  const { items } = await list.loadPage({ size: list.maxSize, link: null }, call)
  return items.map(readStart).filter((start) => start !== null)
}
