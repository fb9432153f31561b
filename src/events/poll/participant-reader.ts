import { Problem } from '../../core/errors.ts'
import { isItemError } from '../../paging/page-errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { EventParticipant } from '../../vendors/vendor-events.ts'
import type { Conference, Participant } from '../../vendors/vendor-objects.ts'
import type { PolledEvents } from '../../vendors/vendor.ts'
import type { ConferenceSnapshot, PolledConference } from './polled-conference.ts'

/** Maximum number of participants of an account that are compared. */
const maxParticipants = 100_000

export interface ReadParticipantsOptions {
  before: ConferenceSnapshot | null
  /** Conferences of the new poll, to which the participants are added. */
  after: Map<string, PolledConference>
  /** The running conferences among them. */
  running: ReadonlyMap<string, Conference>
  /** Whether the participants of a conference are selected. */
  selectsParticipants(id: string): boolean
  createCall(): CallContext
}

/** Reads the participants of the running conferences that streams select. */
export class ParticipantReader {
  readonly #polledEvents: PolledEvents

  constructor(polledEvents: PolledEvents) {
    this.#polledEvents = polledEvents
  }

  /** @throws Problem if the participants of a conference cannot be read, unless the vendor rejects only this read. */
  async read({ before, after, running, selectsParticipants, createCall }: ReadParticipantsOptions): Promise<void> {
    if (!this.#polledEvents.listJoined) return
    let count = 0
    for (const [id, conference] of running) {
      if (!selectsParticipants(id)) continue
      const earlier = findEarlier(before, id)
      const participants = await this.#readConference(conference, earlier, createCall())
      count += participants?.size ?? 0
      if (count > maxParticipants) throw createTooManyProblem()
      after.set(id, { ...after.get(id)!, participants })
    }
  }

  async #readConference(
    conference: Conference,
    earlier: PolledConference['participants'],
    call: CallContext,
  ): Promise<PolledConference['participants']> {
    try {
      const joined = await this.#polledEvents.listJoined!(conference, call)
      const participants = new Map<string, EventParticipant>()
      for (const participant of joined)
        if (participant) participants.set(participant.vendorId, toEventParticipant(participant))
      // A participant who cannot be read has not left.
      if (joined.includes(null))
        for (const [id, known] of earlier ?? []) if (!participants.has(id)) participants.set(id, known)
      return participants
    } catch (error) {
      if (!(error instanceof Problem) || !isItemError(error)) throw error
      return earlier
    }
  }
}

/** Returns the participants in the last snapshot. A conference that was not running had none. Null if they were not read. */
function findEarlier(before: ConferenceSnapshot | null, id: string): PolledConference['participants'] {
  const conference = before?.get(id)
  return before === null || conference?.isRunning ? (conference?.participants ?? null) : new Map()
}

function toEventParticipant(participant: Participant): EventParticipant {
  const { vendorId, userId, displayName, email, role, joinedAt, leftAt } = participant
  const times = { joinedAt: joinedAt?.getTime() ?? null, leftAt: leftAt?.getTime() ?? null }
  return { vendorId, userId, displayName, email, role, status: 'JOINED', ...times }
}

const createTooManyProblem = (): Problem =>
  new Problem(
    'VENDOR_RESPONSE_TOO_LARGE',
    'The account has more than 100,000 selected participants, the maximum for an account that is polled for events. Select fewer conferences.',
    { retryable: false },
  )
