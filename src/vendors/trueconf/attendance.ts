import type { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { removeCredentials } from '../kit/credentials.ts'
import { createUnexpectedValueProblem, toObject, toText, type UnreadFields } from '../kit/lenient.ts'
import { readWholeList } from '../kit/read-whole-list.ts'
import { createReportLimit } from '../kit/report-limit.ts'
import type { AttendanceRow, ParticipantRole } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { createLogList } from './log-list.ts'
import { readLogTime } from './log-time.ts'
import type { TrueConfSession } from './session.ts'
import { toLocalId } from './user-id.ts'

type AttendanceItem = UnreadFields<'call_id' | 'display_name' | 'join_time' | 'leave_time'>

/** A row of `GET /logs/calls/{call_id}/participants`: one join of one person. */
class TrueConfAttendanceRow implements AttendanceRow {
  /** Null for guests and users of other servers, whom the server does not identify. */
  readonly userId: string | null
  readonly email = null
  readonly registrationId = null
  readonly displayName: string | null
  readonly role: ParticipantRole
  readonly joinedAt: Date | null
  readonly leftAt: Date | null
  readonly isWaiting = false
  readonly isPresent: boolean
  readonly #item: AttendanceItem

  constructor({ domain, owner, isRunning }: TrueConfSession, raw: unknown) {
    const item: AttendanceItem = toObject(raw) ?? {}
    this.#item = item
    this.userId = toUserId(toText(item.call_id), domain)
    this.displayName = toText(item.display_name)
    this.role = this.userId !== null && this.userId === owner?.vendorId ? 'OWNER' : 'UNKNOWN'
    this.joinedAt = readLogTime(item.join_time)
    this.leftAt = readLogTime(item.leave_time)
    this.isPresent = isRunning && !item.leave_time
  }

  get raw(): unknown {
    return removeCredentials(this.#item)
  }

  /** Name of a time that the server reports in a form that cannot be read. Null if there is none. */
  get unreadTime(): string | null {
    const { join_time, leave_time } = this.#item
    if (join_time && this.joinedAt === null) return 'join_time'
    return leave_time && this.leftAt === null ? 'leave_time' : null
  }
}

/** Returns the ID of a user of this server. Null for any other ID, which can be that of a guest or of another server. */
function toUserId(callId: string | null, domain: string | null): string | null {
  if (callId === null || callId.startsWith('#')) return null
  const id = toLocalId(callId, domain)
  return id === callId ? null : id
}

/** Attendance: `GET /logs/calls/{call_id}/participants`. */
export function createAttendanceResource(client: VendorClient): Required<Pick<Vendor, 'readAttendance'>> {
  return {
    async readAttendance(session, maxRows, call) {
      const log = createLogList(client, {
        target: path`/logs/calls/${session.vendorId}/participants`,
        subject: { kind: 'participants', conferenceId: session.conferenceId ?? undefined },
        permission: 'logs.calls.participants:read',
        // Rows have no ID. Without one, a page that repeats the one before it would not be recognized.
        getId: (row) => JSON.stringify(row),
      })
      const items = await readWholeList(log, call, createReportLimit(maxRows))
      const rows: AttendanceRow[] = []
      let problem: Problem | undefined
      const pacer = new Pacer()
      for (const item of items) {
        if (pacer.isDue) await pacer.pause()
        const row = new TrueConfAttendanceRow(session as TrueConfSession, item)
        if (row.unreadTime !== null) problem ??= createUnexpectedValueProblem(row.unreadTime)
        rows.push(row)
      }
      return problem ? { rows, problem } : { rows }
    },
  }
}
