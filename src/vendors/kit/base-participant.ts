import type { Participant, ParticipantRole, ParticipantStatus } from '../vendor-objects.ts'
import { BaseObject } from './base-object.ts'

/**
 * A participant for whom the vendor reports only an ID. A vendor's class overrides the getters of the fields that the
 * vendor reports.
 */
export abstract class BaseParticipant<Item> extends BaseObject<Item> implements Participant {
  readonly conferenceId: string

  /** See `BaseObject`. */
  constructor(vendorId: string | null, conferenceId: string, item: unknown) {
    super(vendorId, item)
    this.conferenceId = conferenceId
  }

  get userId(): string | null {
    return null
  }
  get displayName(): string | null {
    return null
  }
  get email(): string | null {
    return null
  }
  get role(): ParticipantRole {
    return 'UNKNOWN'
  }
  get status(): ParticipantStatus {
    return 'UNKNOWN'
  }
  get joinedAt(): Date | null {
    return null
  }
  get leftAt(): Date | null {
    return null
  }
  get joinUrl(): string | null {
    return null
  }
}
