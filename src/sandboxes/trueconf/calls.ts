import { isAddress } from './identity.ts'
import {
  type Attendance,
  type ConferenceSession,
  type Conference,
  type Recording,
  type Server,
  seconds,
} from './model.ts'

type SessionSubject = Pick<ConferenceSession, 'conferenceId' | 'topic' | 'type' | 'owner'>

/** Adds a session without participants to the call log. @param start_time In seconds since the epoch. */
function addCall(server: Server, subject: SessionSubject, start_time: number): ConferenceSession {
  const number = (server.data.calls.length + 1).toString(16).padStart(8, '0')
  const id = `${number}@${server.settings.serverName}#vcs`
  const call = { id, ...subject, start_time, end_time: null, participants: [] }
  server.data.calls.push(call)
  return call
}

/** Starts a session of a conference, without participants. */
export function startCall(
  server: Server,
  conference: Conference,
  start_time = seconds(server.now()),
): ConferenceSession {
  const { id: conferenceId, topic, type, owner } = conference
  const call = addCall(server, { conferenceId, topic: topic || null, type, owner }, start_time)
  conference.call = call
  return call
}

/** Adds a call between two users, which has ended, to the call log. Times are in seconds since the epoch. */
export function addDirectCall(server: Server, ids: readonly [string, string], start: number, end: number): void {
  const call = addCall(server, { conferenceId: null, topic: null, type: 0, owner: ids[0] }, start)
  call.end_time = end
  call.participants = ids.map((id) => ({ id, display_name: null, join_time: start, leave_time: end }))
}

export function endCall(server: Server, conference: Conference, now: number): void {
  const { call } = conference
  if (!call) return
  call.end_time = now
  for (const participant of call.participants) participant.leave_time ??= now
  stopRecording(server, conference, now)
  conference.call = null
  if (conference.isUnplanned) server.data.conferences.delete(conference.id)
}

/** Size of one second of a recording, in bytes. */
const recordedSecond = 16_384

/** Stops the recording and stores its file. Returns null if nothing was recorded. @param now In seconds since the epoch. */
export function stopRecording(server: Server, conference: Conference, now: number): Recording | null {
  const { recordingSince } = conference
  if (recordingSince === null) return null
  conference.recordingSince = null
  return addRecording(server, conference, recordingSince, Math.max(1, now - recordingSince) * recordedSecond)
}

/** Adds a recording. @param created In seconds since the epoch. @param size In bytes. */
export function addRecording(server: Server, conference: Conference, created: number, size: number): Recording {
  const { id, records } = conference
  const name = `record-${records.length + 1}.mkv`
  const record = {
    id: ++server.recordingsMade,
    name,
    created,
    size,
    seed: `${id} ${name}`,
    contentType: 'video/x-matroska',
  }
  records.push(record)
  return record
}

export const present = (call: ConferenceSession): Attendance[] => call.participants.filter((p) => p.leave_time === null)

/**
 * Calls the invitees if `auto_invite` requires it: 1 when the conference is started or someone joins, 2 when one of the
 * invitees joins.
 *
 * @param joined ID of the participant who joined. Null for the start.
 */
export function callInvitees(server: Server, conference: Conference, joined: string | null): void {
  const { auto_invite, invitations, call } = conference
  const isInvited = joined !== null && invitations.some(({ id }) => id === joined)
  if (!call || !(auto_invite === 1 || (auto_invite === 2 && isInvited))) return
  for (const { id } of invitations) join(server, call, id)
}

/** Calls a user, who joins at once. A participant who is already in the conference is unchanged. */
export function join(server: Server, call: ConferenceSession, id: string): Attendance {
  const there = present(call).find((participant) => participant.id === id)
  if (there) return there
  const joined: Attendance = {
    id,
    display_name: isAddress(id) ? id : null,
    join_time: seconds(server.now()),
    leave_time: null,
  }
  call.participants.push(joined)
  return joined
}
