import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { iteratePages } from '../kit/iterate-pages.ts'
import { createUnexpectedValueProblem, getItemId, readField, toObject } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { listDays, listMonths, type TimeRange } from '../kit/months.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { toList } from '../kit/short-list.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { FlatList, Recording, Vendor, VendorPage } from '../vendor.ts'
import { createPageSchema, createTokenList } from './lists.ts'
import { toMeetingPathValue } from './path-values.ts'
import { getFileId, type RecordedSession, ZoomRecording } from './recording.ts'

const meetingPage = createPageSchema('meetings')

/** Zoom has no older recordings. */
const earliestTime = Date.UTC(2013, 0)
const dayMs = 86_400_000

/** A file and its session, as items of a list. */
interface FileOfSession {
  session: RecordedSession
  file: unknown
}

/**
 * Recordings: `GET /accounts/me/recordings` and `GET /meetings/{meetingUuid}/recordings`. Zoom cuts a period of more than a
 * month to one month, without an error.
 */
export function createRecordingResource(client: VendorClient): Required<Pick<Vendor, 'recordings' | 'getRecording'>> {
  return {
    recordings({ startedFrom, startedBefore }) {
      const period = toPeriod(startedFrom, startedBefore)
      if (period.from >= period.before) return createEmptyList()
      return { parent: listMonths(period), getChildList: (month) => createMonthList(client, String(month), period) }
    },

    async getRecording(parentId, id, call) {
      const session = await nullIfNotFound(fetchSession(client, parentId, call))
      const file = session && listFiles(session).find((candidate) => getFileId(candidate) === id)
      return file ? new ZoomRecording(readSession(session), file) : null
    },
  }
}

/** Limits a period to the time in which Zoom can have recordings. A clock of Zoom can be ahead by up to a day. */
function toPeriod(from: Date | undefined, before: Date | undefined): TimeRange {
  return {
    from: new Date(Math.max(from?.getTime() ?? earliestTime, earliestTime)),
    before: new Date(Math.min(before?.getTime() ?? Infinity, Date.now() + dayMs)),
  }
}

/** Fetches the recordings of a session as raw JSON (`GET /meetings/{meetingUuid}/recordings`). @throws `NOT_FOUND` */
const fetchSession = (client: VendorClient, uuid: string, call: CallContext): Promise<unknown> =>
  client.read(
    path`/meetings/${toMeetingPathValue(uuid)}/recordings`,
    { schema: requireSession, rateLimit: 'light' },
    call,
  )

/** @throws `VENDOR_BAD_RESPONSE` if the body has no list of files. */
function requireSession(body: unknown): unknown {
  if (!Array.isArray(toObject(body)?.recording_files)) throw createUnexpectedValueProblem('recording_files')
  return body
}

/** Creates the list of the account's recordings of one month, which is read as a whole because Zoom defines no order. */
function createMonthList(client: VendorClient, month: string, period: TimeRange): FlatList<Recording> {
  const sessions = createTokenList(client, {
    getPath: () => path`/accounts/me/recordings`,
    query: listDays(month, period),
    schema: meetingPage,
    rateLimit: 'medium',
    getId: (row) => readField(row, 'uuid'),
    parseItem: (row) => row,
  })
  return createFileList(async (call) => {
    const rows: unknown[] = []
    for await (const { items } of iteratePages(sessions, call)) rows.push(...items)
    return rows
  }, period)
}

/**
 * Creates a list of files with a single page.
 *
 * @param fetchSessions Fetches all sessions as raw JSON.
 */
function createFileList(
  fetchSessions: (call: CallContext) => Promise<readonly unknown[]>,
  { from, before }: TimeRange,
): FlatList<Recording> {
  return {
    maxSize: 100,
    async loadPage(_, call): Promise<VendorPage> {
      const sessions = (await fetchSessions(call)).map((row) => ({ row, session: readSession(row) }))
      const hasUnknownStart = sessions.some(({ session }) => session.startedAt === null)
      const files = sessions
        .filter(({ session: { startedAt } }) => startedAt !== null && startedAt >= from && startedAt < before)
        .toSorted((left, right) => Number(right.session.startedAt) - Number(left.session.startedAt))
        .flatMap(({ row, session }) => listFiles(row).map((file): FileOfSession => ({ session, file })))
      const page = { items: files, next: null, previous: null }
      return hasUnknownStart ? { ...page, problem: createUnexpectedValueProblem('start_time') } : page
    },
    getId: (item) => {
      const { session, file } = item as FileOfSession
      const id = getFileId(file)
      return id && session.uuid && `${session.uuid} ${id}`
    },
    parseItem: (item) => {
      const { session, file } = item as FileOfSession
      return new ZoomRecording(session, file)
    },
  }
}

/** Reads the session of a response about its recordings. Files contain its UUID, too. */
function readSession(row: unknown): RecordedSession {
  const [file] = listFiles(row)
  return {
    uuid: readField(row, 'uuid') ?? readField(file, 'meeting_id') ?? '',
    meetingId: getItemId(row),
    topic: readField(row, 'topic') ?? '',
    startedAt: parseTimestamp(readField(row, 'start_time') ?? readField(file, 'recording_start')),
  }
}

/** Returns the files of a session. Those of single participants are listed separately. */
function listFiles(row: unknown): readonly unknown[] {
  const { recording_files, participant_audio_files } = toObject(row) ?? {}
  return [...(toList(recording_files) ?? []), ...(toList(participant_audio_files) ?? [])]
}
