import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { readWholeList } from '../kit/read-whole-list.ts'
import { createReportLimit } from '../kit/report-limit.ts'
import type { FlatList } from '../vendor-lists.ts'
import type { AttendanceReport, Session } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { ZoomAttendanceRow } from './attendance-row.ts'
import { createPageSchema, createTokenList } from './lists.ts'
import { toMeetingPathValue } from './path-values.ts'
import { expiredDetailsCode } from './session.ts'
import { createUnfinishedReportProblem, isReportDue } from './unfinished-report.ts'

const reportPage = createPageSchema('participants')

/** The rows of a session's report. A number instead of the UUID would return those of the latest session. */
function createReportList(client: VendorClient, session: Session): FlatList<unknown> {
  const { vendorId, conferenceId } = session
  const subject = { kind: 'participants', conferenceId: conferenceId ?? undefined } as const
  return createTokenList(client, {
    getPath: () => path`/past_meetings/${toMeetingPathValue(vendorId)}/participants`,
    query: { include_fields: 'registrant_id' },
    schema: reportPage,
    // An unfinished report that is cached would still be unfinished at its `retryAt`.
    ...(isReportDue(session) && { subject }),
    rateLimit: 'medium',
    getId: () => null,
    parseItem: (row) => row,
  })
}

/** Attendance: `GET /past_meetings/{meetingUUID}/participants`. */
export function createAttendanceResource(
  client: VendorClient,
  getSession: Required<Vendor>['getSession'],
): Required<Pick<Vendor, 'readAttendance'>> {
  const getDetails = async (session: Session, call: CallContext): Promise<Session> =>
    session.unlisted ? ((await getSession(session.vendorId, call)) ?? session) : session

  /** Only the time of the next attempt depends on the details, so that they are not required. */
  const createUnfinishedProblem = async (session: Session, call: CallContext): Promise<Problem> =>
    createUnfinishedReportProblem(
      await getDetails(session, call).catch((error: unknown) => toUndetailed(error, session)),
    )

  return {
    async readAttendance(session, maxRows, call): Promise<AttendanceReport> {
      const reading = readWholeList(createReportList(client, session), call, createReportLimit(maxRows))
      const items = await nullIfNotFound(() => reading.catch(rethrowExpired))
      if (items === null) throw await createUnfinishedProblem(session, call)
      if (items.length === 0) {
        const details = await getDetails(session, call)
        if (details.participantCount === 1) return { rows: [], problem: createOnePersonProblem() }
        throw createUnfinishedReportProblem(details)
      }
      const rows = items.map((item) => new ZoomAttendanceRow(item))
      if (rows.every(({ isWaiting, isComplete }) => isWaiting || isComplete)) return { rows }
      return { rows, problem: await createUnfinishedProblem(session, call) }
    },
  }
}

/** Returns the session without its details if they cannot be read. */
function toUndetailed(error: unknown, session: Session): Session {
  if (error instanceof Problem) return session
  throw error
}

/** Adds the vendor's code to the message if the report has expired, because GraphQL errors have no other place for it. */
function rethrowExpired(error: unknown): never {
  if (!(error instanceof Problem) || error.vendorCode !== expiredDetailsCode) throw error
  const message = `Zoom reports the attendance of a session for 1 year only (code ${expiredDetailsCode}).`
  throw error.with({ message, cause: error })
}

const createOnePersonProblem = (): Problem =>
  new Problem('UNSUPPORTED_BY_VENDOR', 'Zoom does not report the attendance of a session with only one participant.')
