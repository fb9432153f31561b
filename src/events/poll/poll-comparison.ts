import { Pacer } from '../../core/pacer.ts'
import type { ConferenceEventType, EventParticipant, VendorEvent } from '../../vendors/vendor-events.ts'
import type { Conference } from '../../vendors/vendor-objects.ts'
import { listChangedFields, type ConferenceSnapshot, type PolledConference } from './polled-conference.ts'

/** Order of the events of one poll. */
const order = [
  'CREATED',
  'CHANGED',
  'STARTED',
  'PARTICIPANT_JOINED',
  'PARTICIPANT_LEFT',
  'ENDED',
  'DELETED',
] as const satisfies readonly ConferenceEventType[]

type Participants = ReadonlyMap<string, EventParticipant>
const noParticipants: Participants = new Map()

/**
 * Lists the events that lead from one snapshot of an account to the next.
 *
 * @param occurredAt Time of the poll, in milliseconds since the epoch.
 */
export async function compareSnapshots(
  before: ConferenceSnapshot,
  after: ConferenceSnapshot,
  comparedFields: readonly (keyof Conference)[],
  occurredAt: number,
): Promise<VendorEvent[]> {
  const pacer = new Pacer()
  const eventsByType = new Map<ConferenceEventType, VendorEvent[]>(order.map((type) => [type, []]))
  const add = (type: (typeof order)[number], conferenceId: string, details: Partial<VendorEvent> = {}): void =>
    void eventsByType.get(type)!.push({
      type,
      conferenceId,
      occurredAt,
      changed: [],
      participant: null,
      raw: null,
      ...details,
    })

  for (const [id, conference] of after) {
    if (pacer.isDue) await pacer.pause()
    const earlier = before.get(id)
    if (earlier === conference) continue
    if (!earlier) add('CREATED', id)
    const changed = earlier ? listChanges(earlier, conference, comparedFields) : []
    if (changed.length > 0) add('CHANGED', id, { changed })
    if (conference.isRunning && !earlier?.isRunning) add('STARTED', id)
    addParticipants(earlier, conference, (type, participant) => add(type, id, { participant }))
    if (earlier?.isRunning && !conference.isRunning) add('ENDED', id)
  }
  for (const [id, conference] of before) {
    if (pacer.isDue) await pacer.pause()
    if (after.has(id)) continue
    addParticipants(conference, undefined, (type, participant) => add(type, id, { participant }))
    if (conference.isRunning) add('ENDED', id)
    add('DELETED', id)
  }
  return order.flatMap((type) => eventsByType.get(type)!)
}

function listChanges(
  { fields: before }: PolledConference,
  { fields: after }: PolledConference,
  comparedFields: readonly (keyof Conference)[],
): readonly string[] {
  return before === null || after === null || before === after ? [] : listChangedFields(before, after, comparedFields)
}

/** A conference that is not running has no participants. Null if they were not read. */
const getParticipants = (conference: PolledConference | undefined): Participants | null =>
  conference?.isRunning ? conference.participants : noParticipants

function addParticipants(
  before: PolledConference | undefined,
  after: PolledConference | undefined,
  add: (type: 'PARTICIPANT_JOINED' | 'PARTICIPANT_LEFT', participant: EventParticipant) => void,
): void {
  const [earlier, later] = [getParticipants(before), getParticipants(after)]
  if (earlier === null || later === null || earlier === later) return
  for (const [id, participant] of later) if (!earlier.has(id)) add('PARTICIPANT_JOINED', participant)
  for (const [id, participant] of earlier)
    if (!later.has(id)) add('PARTICIPANT_LEFT', { ...participant, status: 'LEFT' })
}
