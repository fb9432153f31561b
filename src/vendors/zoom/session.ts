import { BaseSession } from '../kit/base-session.ts'
import { readField, toCount, toEmail, toText, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { Session } from '../vendor-objects.ts'

type SessionItem = UnreadFields<
  | 'id'
  | 'meeting_id'
  | 'topic'
  | 'host_id'
  | 'user_email'
  | 'host_email'
  | 'start_time'
  | 'end_time'
  | 'participants_count'
  | 'participants'
>

/** Zoom code for a session whose details are no longer available, a year after it. */
export const expiredDetailsCode = '12702'

/** Fields that the list of a meeting's instances does not report. */
const unlisted: ReadonlySet<keyof Session> = new Set<keyof Session>([
  'title',
  'endedAt',
  'durationSeconds',
  'participantCount',
  'owner',
])

/** Returns the UUID of a session. Null if the item has none. */
export const getSessionId = (raw: unknown): string | null => readField(raw, 'uuid') ?? readField(raw, 'meeting_uuid')

/** Returns the start of a session. Null if the item has none. */
export const readStart = (raw: unknown): Date | null => parseTimestamp(readField(raw, 'start_time'))

/**
 * A session from `GET /past_meetings/{meetingUUID}`, `GET /report/history_meetings`, or with fewer fields from
 * `GET /past_meetings/{meetingId}/instances`.
 */
export class ZoomSession extends BaseSession<SessionItem> {
  readonly #meetingId: string | null

  /** @param meetingId Number of the meeting whose instance is listed. Null outside of that list. @throws `VENDOR_BAD_RESPONSE` if there is no UUID. */
  constructor(raw: unknown, meetingId: string | null = null) {
    super(getSessionId(raw), raw)
    this.#meetingId = meetingId
  }

  override get conferenceId() {
    return toText(this.item.id) ?? toText(this.item.meeting_id) ?? this.#meetingId
  }
  override get title() {
    return toText(this.item.topic) ?? ''
  }
  override get startedAt() {
    return parseTimestamp(this.item.start_time)
  }
  override get endedAt() {
    return parseTimestamp(this.item.end_time)
  }
  override get durationSeconds() {
    const { startedAt, endedAt } = this
    // Zoom's own duration is rounded up to whole minutes.
    return startedAt && endedAt ? toCount((endedAt.getTime() - startedAt.getTime()) / 1000) : null
  }
  override get participantCount() {
    return toCount(this.item.participants_count) ?? toCount(this.item.participants)
  }
  override get owner() {
    const vendorId = toText(this.item.host_id)
    const email = vendorId === null ? (toEmail(this.item.user_email) ?? toEmail(this.item.host_email)) : null
    return vendorId === null && email === null ? null : { vendorId, email }
  }
  override get unlisted() {
    return this.#meetingId === null ? undefined : unlisted
  }
}
