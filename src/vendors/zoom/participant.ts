import { BaseParticipant } from '../kit/base-participant.ts'
import { readField, toEmail, toText, toWebUrl, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { ParticipantRole, ParticipantStatus } from '../vendor-objects.ts'

type ParticipantItem = UnreadFields<
  | 'id'
  | 'participant_user_id'
  | 'user_name'
  | 'name'
  | 'email'
  | 'user_email'
  | 'first_name'
  | 'last_name'
  | 'role'
  | 'status'
  | 'join_time'
  | 'leave_time'
  | 'join_url'
>

/** Kinds of lists that contain participants. */
export type ParticipantListKind = 'live' | 'approved' | 'pending' | 'past'

const roles: ReadonlyMap<string, ParticipantRole> = new Map([
  ['host', 'OWNER'],
  ['attendee', 'ATTENDEE'],
])
const liveStatuses: ReadonlyMap<string, ParticipantStatus> = new Map([
  ['in_meeting', 'JOINED'],
  ['in_waiting_room', 'WAITING'],
])

/** Whether an ID is a registrant's, which is Zoom's ID. Other IDs are created by Parley and have a prefix. */
export const isRegistrant = (participantId: string): boolean => !/^(?:live|past|link|user):/.test(participantId)

/** Returns the ID of a participant. Null if the item has none. One person can join several times, so the time is included. */
export function getParticipantId(source: ParticipantListKind, raw: unknown): string | null {
  if (source === 'approved' || source === 'pending') return readField(raw, 'id')
  const person = readField(raw, 'user_id') ?? readField(raw, 'participant_uuid') ?? readField(raw, 'id')
  return person && `${source}:${person}:${readField(raw, 'join_time') ?? ''}`
}

/** A participant from one of Zoom's lists. */
export class ZoomParticipant extends BaseParticipant<ParticipantItem> {
  readonly #source: ParticipantListKind

  /** @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(source: ParticipantListKind, conferenceId: string, raw: unknown) {
    super(getParticipantId(source, raw), conferenceId, raw)
    this.#source = source
  }

  override get userId() {
    // The ID of a registrant is not a user ID.
    return this.#isRegistrant ? null : (toText(this.item.participant_user_id) ?? toText(this.item.id))
  }
  override get displayName() {
    const { user_name, name, first_name, last_name } = this.item
    const parts = [toText(first_name), toText(last_name)]
    return toText(user_name) ?? toText(name) ?? (parts.filter(Boolean).join(' ') || null)
  }
  override get email() {
    return toEmail(this.item.email) ?? toEmail(this.item.user_email)
  }
  override get role() {
    return this.#isRegistrant ? 'ATTENDEE' : (roles.get(toText(this.item.role) ?? '') ?? 'UNKNOWN')
  }
  override get status(): ParticipantStatus {
    const status = toText(this.item.status)
    if (this.#source === 'past') return 'LEFT'
    if (this.#source === 'live') return this.leftAt ? 'LEFT' : (liveStatuses.get(status ?? '') ?? 'UNKNOWN')
    const value = status ?? this.#source
    return value === 'approved' || value === 'pending' ? 'REGISTERED' : 'UNKNOWN'
  }
  override get joinedAt() {
    return parseTimestamp(this.item.join_time)
  }
  override get leftAt() {
    return parseTimestamp(this.item.leave_time)
  }
  override get joinUrl() {
    return toWebUrl(this.item.join_url)
  }

  get #isRegistrant() {
    return this.#source === 'approved' || this.#source === 'pending'
  }
}
