import type { Presence, User, UserStatus } from '../vendor-objects.ts'
import { BaseObject } from './base-object.ts'

/**
 * A user for whom the vendor reports only an ID. A vendor's class overrides the getters of the fields that the vendor
 * reports.
 */
export abstract class BaseUser<Item> extends BaseObject<Item> implements User {
  get email(): string | null {
    return null
  }
  get displayName(): string | null {
    return null
  }
  get givenName(): string | null {
    return null
  }
  get familyName(): string | null {
    return null
  }
  get status(): UserStatus {
    return 'UNKNOWN'
  }
  get presence(): Presence | null {
    return null
  }
  get avatarUrl(): string | null {
    return null
  }
  get phoneNumbers(): string[] {
    return []
  }
  get company(): string | null {
    return null
  }
  get department(): string | null {
    return null
  }
  get timeZone(): string | null {
    return null
  }
  get createdAt(): Date | null {
    return null
  }
  get lastSeenAt(): Date | null {
    return null
  }
  get unlisted(): ReadonlySet<keyof User> | undefined {
    return undefined
  }
}
