import { toObject, toText } from '../kit/lenient.ts'
import type { EventParticipant } from '../vendor-events.ts'
import { getParticipantId, ZoomParticipant } from './participant.ts'

/** In characters. Longer IDs are not IDs of Zoom. */
const maxIdLength = 256
/** In characters. */
const maxTextLength = 1_000

/**
 * Reads the participant of a `meeting.participant_joined` or `meeting.participant_left`. The ID is that of the list of the
 * running meeting, if Zoom reports when the participant joined.
 *
 * @param meeting The event's `object`.
 * @returns Null if the participant has no ID.
 */
export function readEventParticipant(
  meeting: { readonly host_id?: unknown; readonly participant?: unknown },
  conferenceId: string,
  status: EventParticipant['status'],
): EventParticipant | null {
  const reported = toObject<'date_time' | 'join_time' | 'leave_time'>(meeting.participant)
  if (reported === null) return null
  // Zoom's documentation also calls the time of the event `date_time`.
  const time = status === 'JOINED' ? 'join_time' : 'leave_time'
  const item = { ...reported, [time]: reported[time] ?? reported.date_time }
  const vendorId = getParticipantId('live', item)
  if (vendorId === null || vendorId.length > maxIdLength) return null
  const { userId, displayName, email, joinedAt, leftAt } = new ZoomParticipant('live', conferenceId, item)
  return {
    vendorId,
    userId: userId === null || userId.length > maxIdLength ? null : userId,
    displayName: displayName?.slice(0, maxTextLength) ?? null,
    email: email === null || email.length > maxTextLength ? null : email,
    role: userId !== null && userId === toText(meeting.host_id) ? 'OWNER' : 'UNKNOWN',
    status,
    joinedAt: joinedAt?.getTime() ?? null,
    leftAt: leftAt?.getTime() ?? null,
  }
}
