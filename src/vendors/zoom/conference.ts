import { BaseConference } from '../kit/base-conference.ts'
import {
  getItemId,
  toCount,
  toFlag,
  toNumber,
  toObject,
  toText,
  toTimeZone,
  toWebUrl,
  type UnreadFields,
} from '../kit/lenient.ts'
import { isWithinPeriod } from '../kit/occurrences.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { Conference, ConferenceKind, ConferenceState, Occurrence, OccurrencePeriod } from '../vendor-objects.ts'
import { readOccurrences } from './occurrence.ts'
import { meetingTypes, readRule, readSchedule } from './schedule.ts'

type MeetingItem = UnreadFields<
  | 'topic'
  | 'agenda'
  | 'type'
  | 'status'
  | 'start_time'
  | 'duration'
  | 'timezone'
  | 'created_at'
  | 'join_url'
  | 'start_url'
  | 'host_id'
  | 'recurrence'
  | 'occurrences'
  | 'settings'
>

/** The meeting requires registration if `approval_type` is 0 or 1, but not if it is 2. */
type Settings = UnreadFields<'approval_type' | 'meeting_authentication' | 'continuous_meeting_chat'>

/** A meeting, with the fields that only writes use. */
export interface MeetingDetails {
  conference: Conference
  startUrl: string | null
  requiresRegistration: boolean
  /** Channel of the meeting's continuous chat. Null if it has none. */
  channelId: string | null
}

/** Lists contain at most so many characters of an agenda, and neither the settings nor the rule of a series. */
const maxListedAgendaLength = 250

/** The list that a meeting comes from. */
export interface HostList {
  hostId: string
  /** Whether the list contains only running meetings. */
  live: boolean
}

/** A meeting from `GET /meetings/{meetingId}`, or with fewer fields from `GET /users/{userId}/meetings`. */
export class ZoomMeeting extends BaseConference<MeetingItem> {
  readonly #list: HostList | undefined
  readonly #occurrencesFrom: Date | undefined
  #readOccurrences: readonly Occurrence[] | null = null

  /**
   * @param list Undefined outside of lists.
   * @param occurrencesFrom Time from which the occurrences are reported. Default: all of them are.
   * @throws `VENDOR_BAD_RESPONSE` if there is no ID.
   */
  constructor(raw: unknown, list?: HostList, occurrencesFrom?: Date) {
    super(getItemId(raw), raw)
    this.#list = list
    this.#occurrencesFrom = occurrencesFrom
  }

  override get kind() {
    return toConferenceKind(this.type)
  }
  override get title() {
    return toText(this.item.topic) ?? ''
  }
  override get description() {
    return toText(this.item.agenda)
  }
  override get state(): ConferenceState {
    if (this.#list?.live) return 'RUNNING'
    return toConferenceState(toText(this.item.status), this.type, {
      startsAt: this.#startsAt,
      nextStartsAt: this.#nextStartsAt,
      minutes: this.#durationMinutes,
      hasOccurrences: this.#occurrences !== null,
    })
  }
  override get schedule() {
    return readSchedule({
      type: this.type,
      startsAt: this.#startsAt,
      durationMinutes: this.#durationMinutes,
      timeZone: this.#timeZone,
      rrule: readRule(toObject(this.item.recurrence)),
      nextStartsAt: this.#nextStartsAt,
      createdAt: this.createdAt,
    })
  }
  override get ownerId() {
    return toText(this.item.host_id) ?? this.#list?.hostId ?? null
  }
  override get allowGuests() {
    const isAuthenticated = toFlag(this.#settings?.meeting_authentication)
    return isAuthenticated === null ? null : !isAuthenticated
  }
  override get joinUrl() {
    return toWebUrl(this.item.join_url)
  }
  override get createdAt() {
    return parseTimestamp(this.item.created_at)
  }
  override get unlisted(): ReadonlySet<keyof Conference> | undefined {
    if (!this.#list || this.#settings) return undefined
    const unlisted = new Set<keyof Conference>(['allowGuests'])
    if ((this.description?.length ?? 0) >= maxListedAgendaLength) unlisted.add('description')
    if (this.#isSeries && !this.#occurrences) unlisted.add('schedule')
    return unlisted
  }
  override findOccurrences(period: OccurrencePeriod): Iterable<Occurrence> | null {
    if (!this.#isSeries) return super.findOccurrences(period)
    if (!this.#occurrences && this.#list && !this.#settings) return null
    if (this.#occurrencesFrom && period.startsFrom < this.#occurrencesFrom) return null
    return this.#occurrences?.filter((occurrence) => isWithinPeriod(occurrence, period)) ?? []
  }

  /** Zoom's meeting type. */
  get type() {
    return toNumber(this.item.type)
  }
  get startUrl() {
    return toWebUrl(this.item.start_url)
  }
  get requiresRegistration() {
    const type = toNumber(this.#settings?.approval_type)
    return type === 0 || type === 1
  }
  get channelId() {
    return toText(toObject<'channel_id'>(this.#settings?.continuous_meeting_chat)?.channel_id)
  }

  get #settings(): Settings | null {
    return toObject(this.item.settings)
  }
  get #timeZone() {
    return toTimeZone(this.item.timezone)
  }
  get #startsAt() {
    return parseTimestamp(toText(this.item.start_time), this.#timeZone ?? undefined)
  }
  get #durationMinutes() {
    return toCount(this.item.duration)
  }
  get #isSeries() {
    return this.type === meetingTypes.recurring
  }
  /** First start in the future. Null if there is none. */
  get #nextStartsAt() {
    const planned = this.#occurrences?.filter(({ cancelled }) => !cancelled).map(({ startsAt }) => startsAt)
    return (planned ?? [this.#startsAt]).find((start) => start !== null && start.getTime() >= Date.now()) ?? null
  }
  /** The occurrences of a series, earliest first. Null if Zoom lists none. */
  get #occurrences(): readonly Occurrence[] | null {
    return (this.#readOccurrences ??= readOccurrences(this.item.occurrences, {
      conferenceId: this.vendorId,
      durationMinutes: this.#durationMinutes,
      timeZone: this.#timeZone,
    }))
  }
}

/**
 * Reads a meeting from `GET /meetings/{meetingId}`.
 *
 * @param occurrencesFrom Time from which the occurrences are reported. Default: all of them are.
 */
export function readMeeting(raw: unknown, occurrencesFrom?: Date): MeetingDetails {
  const conference = new ZoomMeeting(raw, undefined, occurrencesFrom)
  const { startUrl, requiresRegistration: takesRegistrations, channelId } = conference
  return { conference, startUrl, requiresRegistration: takesRegistrations, channelId }
}

function toConferenceKind(type: number | null): ConferenceKind {
  if (type === 4) return 'ROOM'
  return type !== null && [1, 2, 3, 8, 10].includes(type) ? 'MEETING' : 'UNKNOWN'
}

interface MeetingTimes {
  startsAt: Date | null
  nextStartsAt: Date | null
  minutes: number | null
  hasOccurrences: boolean
}

/** Derives the state from `status`, which lists lack, and from the times. */
function toConferenceState(status: string | null, type: number | null, times: MeetingTimes): ConferenceState {
  if (status === 'started') return 'RUNNING'
  const isWaiting = status === 'waiting'
  if (type === 3 || type === 4) return isWaiting ? 'IDLE' : 'UNKNOWN'
  if (times.nextStartsAt) return 'SCHEDULED'
  if (type === 8 ? isWaiting && times.hasOccurrences : isOver(times)) return 'ENDED'
  return isWaiting ? 'IDLE' : 'UNKNOWN'
}

const isOver = ({ startsAt, minutes }: MeetingTimes): boolean =>
  startsAt !== null && startsAt.getTime() + (minutes ?? 0) * 60_000 < Date.now()
