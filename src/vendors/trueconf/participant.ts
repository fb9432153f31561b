import { BaseParticipant } from '../kit/base-participant.ts'
import { getItemId, toFlag, toObject, toText, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { Conference, Participant } from '../vendor.ts'
import { toLocalId } from './user-id.ts'

type ParticipantItem = UnreadFields<'display_name' | 'email' | 'type' | 'is_owner' | 'join_time'>

/** One person of a conference, who may be in it and invited at the same time. */
export interface ParticipantRecord {
  conference: Conference
  /** The server's own, null if it is not known. */
  domain: string | null
  /** As the vendor shows someone who is in it; null for those who are only invited. */
  live: unknown
  invitation: unknown
  /** Just called into it: `live` shows them before they have joined. */
  isCalled?: true
}

/** The id without the server's own domain, so that one person has one. */
export function getParticipantId({ domain, live, invitation }: ParticipantRecord): string | null {
  const id = getItemId(live ?? invitation)
  return id === null ? null : toLocalId(id, domain)
}

/** A participant as TrueConf reports them. */
class TrueConfParticipant extends BaseParticipant<ParticipantItem> {
  readonly #person: ParticipantRecord

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(person: ParticipantRecord) {
    super(getParticipantId(person), person.conference.vendorId, person.live ?? person.invitation)
    this.#person = person
  }

  override get userId() {
    // Guests, rooms, telephones and other servers' users are named by address.
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

export const readParticipant = (person: ParticipantRecord): Participant => new TrueConfParticipant(person)
