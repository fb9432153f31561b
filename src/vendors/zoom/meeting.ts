import { z } from 'zod'
import { count, flag, number, part, text, webAddress } from '../lenient.ts'
import { shortList } from '../short-list.ts'
import type { Conference, ConferenceKind, ConferenceState } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { readRule, readSchedule, Recurrence } from './schedule.ts'
import { field, instant, readItem, timeZone } from './shapes.ts'
import { instantOf } from './time.ts'

const Occurrence = z.object({ start_time: text, status: text })

const Settings = part({
  /** 0 and 1: those who want to come register; 2: they need not. */
  approval_type: number,
  meeting_authentication: flag,
  continuous_meeting_chat: part({ channel_id: text }),
})

const MeetingItem = z.object({
  topic: text,
  agenda: text,
  type: number,
  status: text,
  start_time: text,
  duration: count,
  timezone: timeZone,
  created_at: instant,
  join_url: webAddress,
  start_url: webAddress,
  host_id: text,
  recurrence: Recurrence.nullish().catch(null),
  occurrences: shortList(Occurrence),
  settings: Settings,
})
type MeetingItem = z.infer<typeof MeetingItem>

/** A meeting as a conference, with what only writes have use for. */
export interface Meeting {
  conference: Conference
  startUrl: string | null
  takesRegistrations: boolean
  /** Of its continuous chat. */
  channelId: string | null
}

export const meetingId = (raw: unknown): string | null => field(raw, 'id')

/** The list cuts a longer agenda to this many characters, and reports neither settings nor the rule of a series. */
const listedAgenda = 250
const unlistedOf = (item: MeetingItem): ReadonlySet<keyof Conference> =>
  new Set<keyof Conference>([
    'allowGuests',
    ...((item.agenda?.length ?? 0) >= listedAgenda ? (['description'] as const) : []),
    ...(item.type === 8 && !item.occurrences ? (['schedule'] as const) : []),
  ])

/** Reads an item of a host's list (`live`: of those that run) or a whole meeting; only the latter says whether it runs. */
export function readMeeting(raw: unknown, list?: { hostId: string; live: boolean }): Meeting {
  const { id, item } = readItem(MeetingItem, raw, meetingId(raw))
  const { settings } = item
  const startsAt = instantOf(item.start_time, item.timezone ?? undefined)
  const starts = startsOf(item)
  const nextStartsAt = nextOf(starts ?? [startsAt])
  const conference: Conference = {
    vendorId: id,
    kind: kindOf(item.type),
    title: item.topic ?? '',
    description: item.agenda,
    mode: null,
    state: list?.live ? 'RUNNING' : stateOf(item, startsAt, nextStartsAt),
    schedule: readSchedule({
      type: item.type,
      startsAt,
      durationMinutes: item.duration,
      timeZone: item.timezone,
      rrule: readRule(item.recurrence ?? null),
      nextStartsAt,
      ...(starts && { starts }),
      createdAt: item.created_at,
    }),
    ownerId: item.host_id ?? list?.hostId ?? null,
    maxParticipants: null,
    allowGuests: settings?.meeting_authentication == null ? null : !settings.meeting_authentication,
    tags: [],
    joinUrl: item.join_url,
    createdAt: item.created_at,
    ...(list && !settings && { unlisted: unlistedOf(item) }),
    get raw() {
      return withoutCredentials(raw)
    },
  }
  return {
    conference,
    startUrl: item.start_url,
    takesRegistrations: settings?.approval_type === 0 || settings?.approval_type === 1,
    channelId: settings?.continuous_meeting_chat?.channel_id ?? null,
  }
}

function kindOf(type: number | null): ConferenceKind {
  if (type === 4) return 'ROOM'
  return type !== null && [1, 2, 3, 8, 10].includes(type) ? 'MEETING' : 'UNKNOWN'
}

/** Every start of a series that was not deleted; null if Zoom lists none. */
function startsOf({ occurrences, timezone }: MeetingItem): Date[] | null {
  const planned = occurrences?.filter(({ status }) => status !== 'deleted')
  return planned?.flatMap(({ start_time }) => instantOf(start_time, timezone ?? undefined) ?? []) ?? null
}

/** The first start that is still to come. */
function nextOf(starts: readonly (Date | null)[]): Date | null {
  const coming = starts.filter((start) => start !== null && start.getTime() >= Date.now()) as Date[]
  return coming.reduce<Date | null>((first, start) => (first && first <= start ? first : start), null)
}

/** Zoom says of a whole meeting that it waits or has started, of a list's nothing; the rest is told by its times. */
function stateOf(item: MeetingItem, startsAt: Date | null, nextStartsAt: Date | null): ConferenceState {
  if (item.status === 'started') return 'RUNNING'
  const waits = item.status === 'waiting'
  if (item.type === 3 || item.type === 4) return waits ? 'IDLE' : 'UNKNOWN'
  if (nextStartsAt) return 'SCHEDULED'
  const isSeries = item.type === 8
  if (isSeries ? waits && item.occurrences : isOver(startsAt, item.duration)) return 'ENDED'
  return waits ? 'IDLE' : 'UNKNOWN'
}

const isOver = (startsAt: Date | null, minutes: number | null): boolean =>
  startsAt !== null && startsAt.getTime() + (minutes ?? 0) * 60_000 < Date.now()
