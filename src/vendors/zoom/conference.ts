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

/** `approval_type` 0 and 1: those who want to come register; 2: they need not. */
type Settings = UnreadFields<'approval_type' | 'meeting_authentication' | 'continuous_meeting_chat'>

/** A meeting as a conference, with what only writes have use for. */
export interface MeetingDetails {
  conference: Conference
  startUrl: string | null
  requiresRegistration: boolean
  /** Of its continuous chat. */
  channelId: string | null
}

/** The list cuts a longer agenda to this many characters, and reports neither settings nor the rule of a series. */
const maxListedAgendaLength = 250

/** The list of a host that a meeting stands in. `live`: only those that run. */
export interface HostList {
  hostId: string
  live: boolean
}

/** A meeting as Zoom reports it. Only a whole meeting, outside of lists, says whether it runs. */
export class ZoomMeeting extends BaseConference<MeetingItem> {
  readonly #list: HostList | undefined

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
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

  /** Zoom's number for the kind of meeting. */
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
  /** The first start that is still to come. */
  get #nextStartsAt() {
    return findNext(this.#starts ?? [this.#startsAt])
  }
  /** Every start of a series that was not deleted; null if Zoom lists none. */
  get #starts(): Date[] | null {
    const planned = toShortList(this.item.occurrences, toObject<'start_time' | 'status'>)
    return (
      planned?.flatMap((one) => (toText(one.status) === 'deleted' ? [] : (this.#readStart(one.start_time) ?? []))) ??
      null
    )
  }

  #readStart(value: unknown): Date | null {
    return parseTimestamp(toText(value), this.#timeZone ?? undefined)
  }
}

/** Reads a whole meeting. */
export function readMeeting(raw: unknown): MeetingDetails {
  const conference = new ZoomMeeting(raw)
  const { startUrl, requiresRegistration: takesRegistrations, channelId } = conference
  return { conference, startUrl, requiresRegistration: takesRegistrations, channelId }
}

function toConferenceKind(type: number | null): ConferenceKind {
  if (type === 4) return 'ROOM'
  return type !== null && [1, 2, 3, 8, 10].includes(type) ? 'MEETING' : 'UNKNOWN'
}

/** The first start that is still to come. */
function findNext(starts: readonly (Date | null)[]): Date | null {
  const coming = starts.filter((start) => start !== null && start.getTime() >= Date.now()) as Date[]
  return coming.reduce<Date | null>((first, start) => (first && first <= start ? first : start), null)
}

interface MeetingTimes {
  startsAt: Date | null
  nextStartsAt: Date | null
  minutes: number | null
  hasOccurrences: boolean
}

/** Zoom says of a whole meeting that it waits or has started, of a list's nothing; the rest is told by its times. */
function toConferenceState(status: string | null, type: number | null, times: MeetingTimes): ConferenceState {
  if (status === 'started') return 'RUNNING'
  const waits = status === 'waiting'
  if (type === 3 || type === 4) return waits ? 'IDLE' : 'UNKNOWN'
  if (times.nextStartsAt) return 'SCHEDULED'
  if (type === 8 ? waits && times.hasOccurrences : isOver(times)) return 'ENDED'
  return waits ? 'IDLE' : 'UNKNOWN'
}

const isOver = ({ startsAt, minutes }: MeetingTimes): boolean =>
  startsAt !== null && startsAt.getTime() + (minutes ?? 0) * 60_000 < Date.now()
