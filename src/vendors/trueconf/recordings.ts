import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createUnexpectedValueProblem, toObject } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { requireItems } from '../kit/short-list.ts'
import { isInRange, type TimeRange } from '../kit/time-range.ts'
import type { FlatList } from '../vendor-lists.ts'
import type { Conference, Recording } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { getConference } from './conferences.ts'
import { limitPeriod } from './period.ts'
import { replaceIfForbidden, requirePermission } from './permissions.ts'
import { createRecordSpans, findRecordedSession, isInSpan, type RecordSpan } from './record-spans.ts'
import { getCreated, getRecordName, type RecordOfSession, TrueConfRecording } from './recording.ts'
import { createSpanList } from './span-list.ts'
import type { TrueConfSession } from './session.ts'
import { readSessions } from './sessions.ts'

const permission = 'conferences.records:read'

/** Reads the records of a conference (`GET /conferences/{conference_id}/records`). Empty if it does not exist. */
async function readRecords(client: VendorClient, conferenceId: string, call: CallContext): Promise<readonly unknown[]> {
  const schema = (body: unknown) => requireItems(body, 'records')
  try {
    return await requirePermission(
      permission,
      client.read(path`/conferences/${conferenceId}/records`, { schema }, call),
    )
  } catch (error) {
    // Any other 404, such as that of a proxy, does not mean that there are no records.
    if (error instanceof Problem && error.vendorCode === 'conferenceNotFound') return []
    throw error
  }
}

/** Creates a list with a single page. TrueConf lists all records of a conference at once. */
const createRecordList = (loadPage: FlatList<Recording>['loadPage']): FlatList<Recording> => ({
  maxSize: 100,
  loadPage,
  getId: (item) => getRecordName((item as RecordOfSession).record),
  parseItem: (item) => new TrueConfRecording(item as RecordOfSession),
})

/** Creates the list of the records of one session. */
const createSpanRecordList = (client: VendorClient, span: RecordSpan): FlatList<Recording> =>
  createRecordList(async (_, call) => {
    const { session } = span
    const conferenceId = session.conferenceId!
    const records = (await readRecords(client, conferenceId, call)).filter((record) => isInSpan(record, span))
    const items = records.map((record) => ({ conferenceId, session, title: '', record }))
    return { items, next: null, previous: null }
  })

/** Creates the list of the records of a session, which can be the only one that is known of its conference. */
const createSessionRecordList = (client: VendorClient, session: TrueConfSession): FlatList<Recording> =>
  createRecordList(async (_, call) => {
    const { conferenceId, endedAt } = session
    const [ownSpan] = await createRecordSpans([session])
    const records = conferenceId === null ? [] : await readRecords(client, conferenceId, call)
    const page = { items: [], next: null, previous: null }
    if (conferenceId === null || records.length === 0) return page
    if (!ownSpan) return { ...page, problem: createUnexpectedValueProblem('start_time') }
    const candidates = records.filter((record) => isInSpan(record, ownSpan))
    // Only a record that was created after the session can belong to the next one.
    const isCertain = session.isRunning || candidates.every((record) => endedAt && getCreated(record)! <= endedAt)
    const span = isCertain ? ownSpan : await readSpan(client, ownSpan, call)
    const items = candidates.filter((record) => isInSpan(record, span))
    return { ...page, items: items.map((record) => ({ conferenceId, session, title: '', record })) }
  })

/** Reads the span of a session again, with the next session of its conference as its limit. */
async function readSpan(client: VendorClient, span: RecordSpan, call: CallContext): Promise<RecordSpan> {
  const { conferenceId, vendorId } = span.session
  const period = { from: new Date(span.from), before: new Date(Math.min(span.to, Date.now())) }
  const { sessions } = await readSessions(client, { conferenceId: conferenceId!, period }, call)
  const spans = await createRecordSpans(sessions)
  return spans.find(({ session }) => session.vendorId === vendorId) ?? span
}

/** Creates the list of the records of a conference, newest session first. */
const createConferenceRecordList = (
  client: VendorClient,
  { vendorId: conferenceId, title }: Conference,
  period: TimeRange | null,
): FlatList<Recording> =>
  createRecordList(async (_, call) => {
    const records = await readRecords(client, conferenceId, call)
    if (records.length === 0) return { items: [], next: null, previous: null }
    const { sessions, problem } = await readSessionsIfPermitted(client, conferenceId, call)
    const spans = await createRecordSpans(sessions)
    const items = records
      .map((record) => ({ record, session: findRecordedSession(record, spans) }))
      .map((item) => ({ ...item, time: item.session?.startedAt ?? getCreated(item.record) }))
      .filter(({ time }) => !period || isInRange(time, period))
      .toSorted((a, b) => Number(b.time) - Number(a.time))
      .map(({ record, session }): RecordOfSession => ({ conferenceId, session, title, record }))
    return { items, next: null, previous: null, ...(problem && { problem }) }
  })

/** Reads the sessions of a conference. Without the permission, the sessions of its records are not known. */
async function readSessionsIfPermitted(client: VendorClient, conferenceId: string, call: CallContext) {
  return replaceIfForbidden(readSessions(client, { conferenceId }, call), (problem) => ({ sessions: [], problem }))
}

type RecordingResource = Required<Pick<Vendor, 'recordings' | 'getRecording' | 'openRecording'>>

/**
 * Recordings, which TrueConf calls records: `GET /conferences/{conference_id}/records`, and
 * `GET /conferences/{conference_id}/records/{record_id}` and its `/download`. A record has no reference to its session, so that
 * it is matched by time.
 */
export function createRecordingResource(client: VendorClient): RecordingResource {
  return {
    recordings(filter) {
      const { conference, session, startedFrom, startedBefore } = filter
      const hasPeriod = startedFrom !== undefined || startedBefore !== undefined
      const period = hasPeriod || !(conference || session) ? limitPeriod(filter) : null
      if (period && (period.from >= period.before || (session && !isInRange(session.startedAt, period))))
        return createEmptyList()
      if (session) return createSessionRecordList(client, session as TrueConfSession)
      if (conference) return createConferenceRecordList(client, conference, period)
      return {
        parent: createSpanList(client, period!),
        getChildList: (span) => createSpanRecordList(client, span as RecordSpan),
      }
    },

    async getRecording(conferenceId, name, call) {
      const schema = (body: unknown) => toObject<'record'>(body)?.record
      const reading = client.read(path`/conferences/${conferenceId}/records/${name}`, { schema }, call)
      const record = await nullIfNotFound(() => requirePermission(permission, reading))
      if (record === null) return null
      const { sessions } = await readSessionsIfPermitted(client, conferenceId, call)
      const session = findRecordedSession(record, await createRecordSpans(sessions))
      const title = session?.title || (await getConference(client, conferenceId, call)).title
      return new TrueConfRecording({ conferenceId, session, title, record })
    },

    // The `download_url` that the server reports is not used, because it can name another host.
    openRecording: (conferenceId, name, request, call) =>
      client.openFile({ path: path`/conferences/${conferenceId}/records/${name}/download` }, request, call),
  }
}
