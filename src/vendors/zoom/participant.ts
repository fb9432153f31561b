import { BaseParticipant } from '../kit/base-participant.ts'
import { readField, toEmail, toText, toWebUrl, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { ParticipantRole, ParticipantStatus } from '../vendor.ts'

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

/** The lists that a participant can be in. */
export type ParticipantListKind = 'live' | 'approved' | 'pending' | 'past'

const roles: ReadonlyMap<string, ParticipantRole> = new Map([
  ['host', 'OWNER'],
  ['attendee', 'ATTENDEE'],
])
const liveStatuses: ReadonlyMap<string, ParticipantStatus> = new Map([
  ['in_meeting', 'JOINED'],
  ['in_waiting_room', 'WAITING'],
])

/** Zoom names no joins, of which one person may have many; a registrant keeps Zoom's own id. */
export const isRegistrant = (participantId: string): boolean => !/^(?:live|past|link|user):/.test(participantId)

/** Returns the ID of a participant in a list. Null if the item has none. */
export function getParticipantId(source: ParticipantListKind, raw: unknown): string | null {
  if (source === 'approved' || source === 'pending') return readField(raw, 'id')
  const person = readField(raw, 'user_id') ?? readField(raw, 'participant_uuid') ?? readField(raw, 'id')
  return person && `${source}:${person}:${readField(raw, 'join_time') ?? ''}`
}

/** A participant as one of Zoom's lists reports them. */
export class ZoomParticipant extends BaseParticipant<ParticipantItem> {
  readonly #source: ParticipantListKind

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(source: ParticipantListKind, conferenceId: string, raw: unknown) {
    super(getParticipantId(source, raw), conferenceId, raw)
    this.#source = source
  }

  override get userId() {
    // A registrant's id is no user's.
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
    const word = status ?? this.#source
    return word === 'approved' || word === 'pending' ? 'REGISTERED' : 'UNKNOWN'
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
