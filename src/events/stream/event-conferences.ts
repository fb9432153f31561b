import { backgroundCaller, CallContext } from '../../upstream/call-context.ts'
import type { Account } from '../../vendors/accounts.ts'
import type { Conference } from '../../vendors/vendor-objects.ts'
import type { ConferenceStates } from './conference-states.ts'
import type { RecordedEntry } from '../log/event-log.ts'

/** Time for which the conference of an event is shared by the streams that report the event, in milliseconds. */
const sharedMs = 5_000

interface SharedRead {
  /** In milliseconds since the epoch. */
  startedAt: number
  conference: Promise<Conference | null>
}

export interface EventConferencesOptions {
  states: ConferenceStates
  /** Timeout of a read, in milliseconds. */
  getTimeoutMs(): number
  /** Returns the time in milliseconds since the epoch. */
  now(): number
}

/** Reads the conferences of events, once for all streams. */
export class EventConferences {
  readonly #options: EventConferencesOptions
  readonly #reads = new WeakMap<RecordedEntry, SharedRead>()

  constructor(options: EventConferencesOptions) {
    this.#options = options
  }

  /**
   * Returns the conference of an event, with the state of its newest event. Null if it no longer exists.
   *
   * @throws Problem
   */
  load(account: Account, recorded: RecordedEntry): Promise<Conference | null> {
    const now = this.#options.now()
    const earlier = this.#reads.get(recorded)
    if (earlier && now - earlier.startedAt < sharedMs) return earlier.conference
    const conference = this.#read(account, recorded)
    this.#reads.set(recorded, { startedAt: now, conference })
    return conference
  }

  async #read({ key, vendor }: Account, { entry }: RecordedEntry): Promise<Conference | null> {
    if (entry.kind !== 'event' || entry.event.type === 'DELETED') return null
    const { states, getTimeoutMs, now } = this.#options
    const time = getTimeoutMs()
    // Not the call of one stream: the others need the result even if that stream ends.
    const signal = AbortSignal.timeout(time)
    const call = new CallContext({ caller: backgroundCaller, signal, time: { deadline: now() + time } })
    const conference = (await vendor.getConference?.(entry.event.conferenceId, call)) ?? null
    if (conference) states.correct(key, conference)
    return conference
  }
}
