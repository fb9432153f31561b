import type { VendorEvent } from '../../vendors/vendor-events.ts'
import type { Conference, ConferenceState } from '../../vendors/vendor-objects.ts'

interface Times {
  startedAt: number
  endedAt: number
}

/** Maximum number of conferences whose times are remembered. */
const maxConferences = 50_000

/** Whether conferences are running according to their newest events, because a vendor's response can be older than an event. */
export class ConferenceStates {
  readonly #timesByConference = new Map<string, Times>()

  /** Records the times of a started or ended conference. Events can arrive in any order. */
  add(account: string, { type, conferenceId, occurredAt }: VendorEvent): void {
    if (type !== 'STARTED' && type !== 'ENDED') return
    const key = createKey(account, conferenceId)
    const { startedAt, endedAt } = this.#timesByConference.get(key) ?? { startedAt: -Infinity, endedAt: -Infinity }
    this.#timesByConference.delete(key)
    this.#timesByConference.set(
      key,
      type === 'STARTED'
        ? { startedAt: Math.max(startedAt, occurredAt), endedAt }
        : { startedAt, endedAt: Math.max(endedAt, occurredAt) },
    )
    if (this.#timesByConference.size <= maxConferences) return
    const [oldest] = this.#timesByConference.keys()
    if (oldest !== undefined) this.#timesByConference.delete(oldest)
  }

  /** Sets the state of a conference that was just read to that of its newest event, if they differ. */
  correct(account: string, conference: Conference): void {
    const times = this.#timesByConference.get(createKey(account, conference.vendorId))
    if (!times) return
    const isRunning = times.startedAt > times.endedAt
    if (isRunning === (conference.state === 'RUNNING')) return
    // The property hides the getter of the vendor's class.
    Object.defineProperty(conference, 'state', { value: isRunning ? 'RUNNING' : getStateAfterEnd(conference) })
  }
}

const createKey = (account: string, conferenceId: string): string => `${account} ${conferenceId}`

function getStateAfterEnd({ schedule }: Conference): ConferenceState {
  if (schedule?.kind === 'permanent') return 'IDLE'
  return schedule?.kind === 'recurring' && schedule.nextStartsAt !== null ? 'SCHEDULED' : 'ENDED'
}
