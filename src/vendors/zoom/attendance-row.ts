import { removeCredentials } from '../kit/credentials.ts'
import { toEmail, toNumber, toText, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { AttendanceRow } from '../vendor-objects.ts'

type RowItem = UnreadFields<
  | 'id'
  | 'participant_user_id'
  | 'user_email'
  | 'registrant_id'
  | 'name'
  | 'join_time'
  | 'leave_time'
  | 'duration'
  | 'status'
>

/** A row of `GET /past_meetings/{meetingUUID}/participants`. */
export class ZoomAttendanceRow implements AttendanceRow {
  readonly userId: string | null
  readonly email: string | null
  readonly registrationId: string | null
  readonly displayName: string | null
  readonly role = 'UNKNOWN'
  readonly joinedAt: Date | null
  readonly leftAt: Date | null
  readonly isWaiting: boolean
  readonly isPresent = false
  readonly #item: RowItem

  constructor(raw: unknown) {
    const item = raw as RowItem
    this.#item = item
    this.userId = toText(item.id) ?? toText(item.participant_user_id)
    this.email = toEmail(item.user_email)
    this.registrationId = toText(item.registrant_id)
    this.displayName = toText(item.name)
    this.joinedAt = parseTimestamp(toText(item.join_time))
    this.leftAt = parseTimestamp(toText(item.leave_time))
    this.isWaiting = item.status === 'in_waiting_room'
  }

  get raw(): unknown {
    return removeCredentials(this.#item)
  }

  /** Whether Zoom has completed the row. Until then, it has no times, or a duration of 0 that contradicts them. */
  get isComplete(): boolean {
    const { joinedAt, leftAt } = this
    if (joinedAt === null || leftAt === null) return false
    const { duration } = this.#item
    // A stay of less than a second can have times that differ by one.
    return leftAt.getTime() - joinedAt.getTime() <= 1_000 || duration === undefined || (toNumber(duration) ?? 0) > 0
  }
}
