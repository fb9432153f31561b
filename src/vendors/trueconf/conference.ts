import { BaseConference } from '../kit/base-conference.ts'
import { getItemId, readField, toCount, toFlag, toObject, toText, toWebUrl, type UnreadFields } from '../kit/lenient.ts'
import { toShortList } from '../kit/short-list.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { ConferenceMode, Occurrence, OccurrencePeriod } from '../vendor-objects.ts'
import { listJoinHosts } from './join-hosts.ts'
import { isRoom, readSchedule, readWeeklySchedule, toConferenceState } from './schedule.ts'
import { getDomain, toLocalId } from './user-id.ts'
import { computeWeeklyOccurrences } from './weekly-occurrences.ts'

type ConferenceItem = UnreadFields<
  | 'topic'
  | 'description'
  | 'owner'
  | 'type'
  | 'vad_selector'
  | 'schedule'
  | 'state'
  | 'max_participants'
  | 'allow_guests'
  | 'tags'
  | 'url'
  | 'webclient_url'
  | 'created_at'
>

/** A conference from `GET /conferences` or `GET /conferences/{conference_id}`. */
export class TrueConfConference extends BaseConference<ConferenceItem> {
  /** @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(raw: unknown) {
    super(getItemId(raw), raw)
  }

  override get kind() {
    const schedule = toObject<'type'>(this.item.schedule)
    return schedule === null ? 'UNKNOWN' : isRoom(schedule) ? 'ROOM' : 'MEETING'
  }
  override get title() {
    return toText(this.item.topic) ?? ''
  }
  override get description() {
    return toText(this.item.description)
  }
  override get mode() {
    return toConferenceMode(toText(this.item.type), toFlag(this.item.vad_selector))
  }
  override get state() {
    return toConferenceState(toText(this.item.state), this.schedule)
  }
  override get schedule() {
    return readSchedule(toObject(this.item.schedule), this.createdAt)
  }
  override findOccurrences(period: OccurrencePeriod): Iterable<Occurrence> | null {
    const weekly = readWeeklySchedule(this.vendorId, toObject(this.item.schedule), this.createdAt)
    return weekly ? computeWeeklyOccurrences(weekly, period) : (super.findOccurrences(period) ?? [])
  }
  override get ownerId() {
    const owner = toText(this.item.owner)
    return owner && toLocalId(owner, getDomain(owner))
  }
  override get maxParticipants() {
    return toCount(this.item.max_participants)
  }
  override get allowGuests() {
    return toFlag(this.item.allow_guests)
  }
  override get tags() {
    return toShortList(this.item.tags, toText) ?? []
  }
  override get joinUrl() {
    return toWebUrl(this.item.url)
  }
  override get createdAt() {
    return parseTimestamp(this.item.created_at)
  }

  /** Hosts of the links with which people join the conference. */
  get joinHosts(): string[] {
    return listJoinHosts(this.item)
  }

  /** Domain of the server, from the owner, who is always a user of it. Can differ from the host in `serverUrl`. */
  get domain() {
    const owner = toText(this.item.owner)
    return owner && getDomain(owner)
  }
}

/** Whether a conference as raw JSON reports that it is running. */
export const isRunning = (raw: unknown): boolean => readField(raw, 'state') === 'running'

export const readConference = (raw: unknown): TrueConfConference => new TrueConfConference(raw)

/** Reads a response of the form `{conference}`. */
export const readConferenceResponse = (body: unknown): TrueConfConference =>
  readConference(toObject<'conference'>(body)?.conference)

function toConferenceMode(type: string | null, selectsSpeakers: boolean | null): ConferenceMode | null {
  if (type === '3') return selectsSpeakers ? 'SMART_MEETING' : 'MODERATED'
  return type === '0' ? 'ALL_ON_SCREEN' : type === '1' ? 'VIDEO_LECTURE' : null
}
