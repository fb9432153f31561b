import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path, type Query } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createUnexpectedValueProblem, getItemId, readField, toObject } from '../kit/lenient.ts'
import { toList } from '../kit/short-list.ts'
import { isInRange, type TimeRange } from '../kit/time-range.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { FlatList, VendorPage } from '../vendor-lists.ts'
import type { Recording, Session } from '../vendor-objects.ts'
import { isNumber, toMeetingPathValue } from './path-values.ts'
import { identifyFiles, type IdentifiedFile, type RecordedSession, ZoomRecording } from './recording.ts'

/** Zoom codes for a session without recordings, and for one that Zoom does not have anymore. */
const withoutRecordings: ReadonlySet<string | null> = new Set(['3301', '3001'])

/**
 * Fetches the recordings of a session as raw JSON (`GET /meetings/{meetingUuid}/recordings`). Null if there are none. Any other
 * 404, such as one of a proxy, does not show that.
 */
export async function fetchRecordedSession(
  client: VendorClient,
  uuid: string,
  call: CallContext,
  query: Query = {},
): Promise<unknown> {
  // For a number, Zoom would return the latest session of the meeting.
  if (isNumber(uuid)) return null
  const target = path`/meetings/${toMeetingPathValue(uuid)}/recordings`
  try {
    const session = await client.read(target, { query, schema: requireFiles, rateLimit: 'light' }, call)
    return { ...session, uuid }
  } catch (error) {
    if (error instanceof Problem && error.code === 'NOT_FOUND' && withoutRecordings.has(error.vendorCode)) return null
    throw error
  }
}

/** @throws `VENDOR_BAD_RESPONSE` if the body has no list of files. */
function requireFiles(body: unknown): object {
  const session = toObject(body)
  if (!Array.isArray(session?.recording_files)) throw createUnexpectedValueProblem('recording_files')
  return session
}

/** Finds a file of a recorded session. @param row The session as raw JSON. */
export function findFile(row: unknown, id: string): ZoomRecording | null {
  const file = listFiles(row).find((candidate) => candidate.id === id)
  return file === undefined ? null : new ZoomRecording(readSession(row), file)
}

/** A file with its session, as an item of a list. */
interface FileOfSession extends IdentifiedFile {
  session: RecordedSession
}

/**
 * Creates a list of files, those of the newest session first. It has one page.
 *
 * @param fetchSessions Fetches the sessions as raw JSON, in any order.
 * @param period Period in which the sessions began. Omitted: any time.
 */
export function createFileList(
  fetchSessions: (call: CallContext) => Promise<readonly unknown[]>,
  period?: TimeRange,
): FlatList<Recording> {
  return {
    maxSize: 100,
    async loadPage(_, call): Promise<VendorPage> {
      const sessions = (await fetchSessions(call)).map((row) => ({ row, session: readSession(row) }))
      const inPeriod = period ? sessions.filter(({ session }) => isInRange(session.startedAt, period)) : sessions
      const items = inPeriod
        .toSorted((left, right) => compareSessions(left.session, right.session))
        .flatMap(({ row, session }) => listFiles(row).map((file): FileOfSession => ({ session, ...file })))
      const page = { items, next: null, previous: null, total: items.length }
      const hasUnknownStart = period && sessions.some(({ session }) => session.startedAt === null)
      return hasUnknownStart ? { ...page, problem: createUnexpectedValueProblem('start_time') } : page
    },
    getId: (item) => {
      const { session, id } = item as FileOfSession
      return id && session.uuid && `${session.uuid} ${id}`
    },
    parseItem: (item) => new ZoomRecording((item as FileOfSession).session, item as FileOfSession),
  }
}

/** Sorts sessions, the newest first. The order is the same in each response. */
const compareSessions = (left: RecordedSession, right: RecordedSession): number =>
  Number(right.startedAt) - Number(left.startedAt) || (left.uuid < right.uuid ? -1 : 1)

/** Creates the list of a session's recordings. @param period See `createFileList`. */
export const createSessionRecordingList = (
  client: VendorClient,
  { vendorId }: Session,
  period: TimeRange | undefined,
): FlatList<Recording> => ({
  ...createFileList(async (call) => {
    const session = await fetchRecordedSession(client, vendorId, call)
    return session === null ? [] : [session]
  }, period),
  reportsTotal: true,
})

/** Reads the session of a response about its recordings. Files contain its UUID, too. */
function readSession(row: unknown): RecordedSession {
  const file = listFiles(row)[0]?.file
  return {
    uuid: readField(row, 'uuid') ?? readField(file, 'meeting_id') ?? '',
    meetingId: getItemId(row),
    topic: readField(row, 'topic') ?? '',
    startedAt: parseTimestamp(readField(row, 'start_time') ?? readField(file, 'recording_start')),
  }
}

/** Returns the files of a session. Those of single participants are listed separately. */
function listFiles(row: unknown): IdentifiedFile[] {
  const { recording_files, participant_audio_files } = toObject(row) ?? {}
  return identifyFiles([...(toList(recording_files) ?? []), ...(toList(participant_audio_files) ?? [])])
}
