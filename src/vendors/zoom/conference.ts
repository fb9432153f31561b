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
import { toShortList } from '../kit/short-list.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { Conference, ConferenceKind, ConferenceState } from '../vendor.ts'
import { readRule, readSchedule } from './schedule.ts'

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

  /** @param list Undefined outside of lists. @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(raw: unknown, list?: HostList) {
    super(getItemId(raw), raw)
    this.#list = list
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
      hasOccurrences: this.#starts !== null,
    })
  }
  override get schedule() {
    const starts = this.#starts
    return readSchedule({
      type: this.type,
      startsAt: this.#startsAt,
      durationMinutes: this.#durationMinutes,
      timeZone: this.#timeZone,
      rrule: readRule(toObject(this.item.recurrence)),
      nextStartsAt: this.#nextStartsAt,
      ...(starts && { starts }),
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
    if (this.type === 8 && !this.#starts) unlisted.add('schedule')
    return unlisted
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
    return this.#readStart(this.item.start_time)
  }
  get #durationMinutes() {
    return toCount(this.item.duration)
  }
  /** First start in the future. Null if there is none. */
  get #nextStartsAt() {
    return findNext(this.#starts ?? [this.#startsAt])
  }
  /** All starts of a series, except deleted ones. Null if Zoom lists none. */
  get #starts(): Date[] | null {
    const occurrences = toShortList(this.item.occurrences, toObject<'start_time' | 'status'>)
    return (
      occurrences?.flatMap((occurrence) =>
        toText(occurrence.status) === 'deleted' ? [] : (this.#readStart(occurrence.start_time) ?? []),
      ) ?? null
    )
  }

  #readStart(value: unknown): Date | null {
    return parseTimestamp(toText(value), this.#timeZone ?? undefined)
  }
}

/** Reads a meeting from `GET /meetings/{meetingId}`. */
export function readMeeting(raw: unknown): MeetingDetails {
  const conference = new ZoomMeeting(raw)
  const { startUrl, requiresRegistration: takesRegistrations, channelId } = conference
  return { conference, startUrl, requiresRegistration: takesRegistrations, channelId }
}

function toConferenceKind(type: number | null): ConferenceKind {
  if (type === 4) return 'ROOM'
  return type !== null && [1, 2, 3, 8, 10].includes(type) ? 'MEETING' : 'UNKNOWN'
}

/** Finds the first start in the future. Null if there is none. */
function findNext(starts: readonly (Date | null)[]): Date | null {
  const futureStarts = starts.filter((start) => start !== null && start.getTime() >= Date.now()) as Date[]
  return futureStarts.reduce<Date | null>((first, start) => (first && first <= start ? first : start), null)
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
