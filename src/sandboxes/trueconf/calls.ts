import { isAddress } from './identity.ts'
import { type Attendance, type Call, type Conference, type Recording, type Server, seconds } from './model.ts'

/** Starts a session; nobody is in it yet. */
export function startCall(server: Server, conference: Conference, start_time = seconds(server.now())): Call {
  const number = (server.data.calls.length + 1).toString(16).padStart(8, '0')
  const id = `${number}@${server.settings.serverName}#vcs`
  const call: Call = { id, conference, start_time, end_time: null, participants: [] }
  server.data.calls.push(call)
  conference.call = call
  return call
}

export function endCall(server: Server, conference: Conference, now: number): void {
  const { call } = conference
  if (!call) return
  call.end_time = now
  for (const participant of call.participants) participant.leave_time ??= now
  stopRecording(server, conference)
  conference.call = null
}

/** Keeps what was recorded: a few bytes that stand in for the film. Null where nothing was. */
export function stopRecording(server: Server, conference: Conference): Recording | null {
  const { id, records, recordingSince: created } = conference
  if (created === null) return null
  const name = `record-${records.length + 1}.mkv`
  const record = { id: ++server.recordingsMade, name, created, bytes: Buffer.from(`${id} from ${created}`) }
  records.push(record)
  conference.recordingSince = null
  return record
}

export const present = (call: Call): Attendance[] => call.participants.filter((p) => p.leave_time === null)

/**
 * Rings those who are invited, if the conference does so (`auto_invite`): 1 as soon as anyone joins or the conference is
 * started, 2 as soon as one of them joins. `joined`: who has joined, null for the start.
 */
export function ring(server: Server, conference: Conference, joined: string | null): void {
  const { auto_invite, invitations, call } = conference
  const isInvited = joined !== null && invitations.some(({ id }) => id === joined)
  if (!call || !(auto_invite === 1 || (auto_invite === 2 && isInvited))) return
  for (const { id } of invitations) join(server, call, id)
}

/** Rings someone, who joins at once. Who is in already stays as it is. */
export function join(server: Server, call: Call, id: string): Attendance {
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
