import type { Session, UserReference } from '../vendor-objects.ts'
import { BaseObject } from './base-object.ts'

/**
 * A session for which the vendor reports only an ID. A vendor's class overrides the getters of the fields that the vendor
 * reports.
 */
export abstract class BaseSession<Item> extends BaseObject<Item> implements Session {
  get conferenceId(): string | null {
    return null
  }
  get title(): string {
    return ''
  }
  get startedAt(): Date | null {
    return null
  }
  get endedAt(): Date | null {
    return null
  }
  get durationSeconds(): number | null {
    return null
  }
  get participantCount(): number | null {
    return null
  }
  get owner(): UserReference | null {
    return null
  }
  get unlisted(): ReadonlySet<keyof Session> | undefined {
    return undefined
  }
}
