import { BaseSession } from '../kit/base-session.ts'
import { readField, toCount, toNumber, toText, type UnreadFields } from '../kit/lenient.ts'
import { readLogTime } from './log-time.ts'
import { getDomain, toLocalId } from './user-id.ts'

type SessionItem = UnreadFields<
  'named_conf_id' | 'topic' | 'owner' | 'participant_count' | 'start_time' | 'end_time' | 'duration'
>

/** Returns the ID of a session. Null if the item has none. The log calls it `conference_id`. */
export const getSessionId = (raw: unknown): string | null => readField(raw, 'conference_id')

/** Whether a raw item of the log is a call between two people, which is no session. */
export const isDirectCall = (raw: unknown): boolean => toNumber(readField(raw, 'class')) === 1

/** A session from `GET /logs/calls` or `GET /logs/calls/{id}`. */
export class TrueConfSession extends BaseSession<SessionItem> {
  /** Read once, because lists are sorted by it. */
  readonly #startedAt: Date | null

  /** @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(raw: unknown) {
    super(getSessionId(raw), raw)
    this.#startedAt = readLogTime(this.item.start_time)
  }

  override get conferenceId() {
    return toText(this.item.named_conf_id)
  }
  override get title() {
    return toText(this.item.topic) ?? ''
  }
  override get startedAt() {
    return this.#startedAt
  }
  override get endedAt() {
    return readLogTime(this.item.end_time)
  }
  override get durationSeconds() {
    const { startedAt, endedAt } = this
    if (startedAt && endedAt) return toCount((endedAt.getTime() - startedAt.getTime()) / 1000)
    return this.isRunning ? null : toCount(this.item.duration)
  }
  override get participantCount() {
    return toCount(this.item.participant_count)
  }
  override get owner() {
    const owner = toText(this.item.owner)
    return owner === null ? null : { vendorId: toLocalId(owner, this.domain), email: null }
  }

  /** A server can omit the end, or send an empty one, instead of null. */
  get isRunning(): boolean {
    return !this.item.end_time
  }

  /** Domain of the server, from the owner, who is a user of it. Null if it is not known. */
  get domain(): string | null {
    return getDomain(toText(this.item.owner) ?? '')
  }
}
