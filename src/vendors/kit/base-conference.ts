import type {
  Conference,
  ConferenceKind,
  ConferenceMode,
  ConferenceState,
  Occurrence,
  OccurrencePeriod,
  Schedule,
} from '../vendor-objects.ts'
import { createOneTimeOccurrence, isWithinPeriod } from './occurrences.ts'
import { BaseObject } from './base-object.ts'

/**
 * A conference for which the vendor reports only an ID. A vendor's class overrides the getters of the fields that the
 * vendor reports.
 */
export abstract class BaseConference<Item> extends BaseObject<Item> implements Conference {
  get kind(): ConferenceKind {
    return 'UNKNOWN'
  }
  get title(): string {
    return ''
  }
  get description(): string | null {
    return null
  }
  get mode(): ConferenceMode | null {
    return null
  }
  get state(): ConferenceState {
    return 'UNKNOWN'
  }
  get schedule(): Schedule | null {
    return null
  }
  get ownerId(): string | null {
    return null
  }
  get maxParticipants(): number | null {
    return null
  }
  get allowGuests(): boolean | null {
    return null
  }
  get tags(): string[] {
    return []
  }
  get joinUrl(): string | null {
    return null
  }
  get createdAt(): Date | null {
    return null
  }
  get unlisted(): ReadonlySet<keyof Conference> | undefined {
    return undefined
  }

  /** Returns the one occurrence of a conference that is not repeated. Null for a series. */
  findOccurrences(period: OccurrencePeriod): Iterable<Occurrence> | null {
    const { schedule } = this
    if (schedule?.kind === 'recurring') return null
    if (schedule?.kind !== 'once') return []
    const occurrence = createOneTimeOccurrence(this.vendorId, schedule)
    return isWithinPeriod(occurrence, period) ? [occurrence] : []
  }
}
