import { BaseParticipant } from '../kit/base-participant.ts'
import { getItemId, toFlag, toObject, toText, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { Conference, Participant } from '../vendor-objects.ts'
import { toLocalId } from './user-id.ts'

type ParticipantItem = UnreadFields<'display_name' | 'email' | 'type' | 'is_owner' | 'join_time'>

/** The vendor's data on one participant, who can be in the conference and invited at the same time. */
export interface ParticipantRecord {
  conference: Conference
  /** Domain of the server. Null if it is not known. */
  domain: string | null
  /** Raw item of `GET /conferences/{conference_id}/participants`. Null if the participant has not joined. */
  live: unknown
  /** Raw item of `GET /conferences/{conference_id}/invitations`. Null if there is none. */
  invitation: unknown
  /** Set if the invitee was called just now. `live` is then set before the invitee has joined. */
  isCalled?: true
}

/** Returns the ID without the domain of the server, so that every participant has one ID. Null if there is none. */
export function getParticipantId({ domain, live, invitation }: ParticipantRecord): string | null {
  const id = getItemId(live ?? invitation)
  return id === null ? null : toLocalId(id, domain)
}

/** A participant from the lists of participants and invitations. */
class TrueConfParticipant extends BaseParticipant<ParticipantItem> {
  readonly #person: ParticipantRecord

  /** @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(record: ParticipantRecord) {
    super(getParticipantId(record), record.conference.vendorId, record.live ?? record.invitation)
    this.#person = record
  }

  override get userId() {
    // The ID of a guest, room, telephone, or user of another server is an address.
    return toText(this.item.type) === 'custom' || /^#|@/.test(this.vendorId) ? null : this.vendorId
  }
  override get displayName() {
    return toText(this.item.display_name) ?? toText(this.#invitation?.display_name)
  }
  override get email() {
    return toText(this.item.email) ?? toText(this.#invitation?.email)
  }
  override get role() {
    const isOwner = toFlag(this.item.is_owner) ?? this.vendorId === this.#person.conference.ownerId
    return isOwner ? 'OWNER' : 'ATTENDEE'
  }
  override get status() {
    const { live, isCalled: isRung } = this.#person
    return live && !(isRung && this.joinedAt === null) ? 'JOINED' : 'INVITED'
  }
  override get joinedAt() {
    return parseTimestamp(this.item.join_time)
  }

  get #invitation(): ParticipantItem | null {
    return toObject(this.#person.invitation)
  }
}

/** Reads a participant. @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
export const readParticipant = (record: ParticipantRecord): Participant => new TrueConfParticipant(record)
