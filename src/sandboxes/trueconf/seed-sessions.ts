import { addDirectCall, addRecording, endCall, join, startCall } from './calls.ts'
import { type Attendance, type Conference, type Server, seconds } from './model.ts'

const day = 86_400
const minute = 60
const mebibyte = 1024 * 1024
/** A user of another server. */
const federatedId = 'ann.lee@partner.trueconf.name'
const directCalls = 10

/** Starts a conference with its owner, two users, and a guest without an account. */
export function seedRunningSession(server: Server, conference: Conference, logins: string[], i: number): void {
  const call = startCall(server, conference, seconds(server.now()) - 5 * minute)
  const ids = new Set([conference.owner, ...[1, 2].map((k) => logins[(i + k) % logins.length]!)])
  for (const id of ids) join(server, call, id)
  join(server, call, `#guest2:${i}`).display_name = 'Guest from the web'
}

/** Adds the ended sessions of a conference: one at its time in the past, and several of each seventh room over ten weeks. */
export function seedSessions(server: Server, conference: Conference, i: number): void {
  const { schedule } = conference
  const now = seconds(server.now())
  if (schedule.type === 1 && schedule.start_time + schedule.duration <= now)
    seedEndedSession(server, conference, schedule.start_time, schedule.duration)
  if (schedule.type !== -1 || i % 49 !== 0) return
  const latest = Math.floor(now / day) * day - 14 * 3600 + i * minute
  for (let week = 10; week >= 0; week--) seedEndedSession(server, conference, latest - week * 7 * day, 45 * minute)
}

/**
 * Adds an ended session with invitees. The first one leaves and joins again, and the last one takes part with two devices. Every
 * fourth session has a user of another server, and every tenth is recorded.
 */
function seedEndedSession(server: Server, conference: Conference, start: number, duration: number): void {
  const number = server.data.calls.length
  const end = start + duration
  const call = startCall(server, conference, start)
  const attend = (
    id: string,
    join_time: number,
    leave_time = end,
    display_name: string | null = null,
  ): Attendance[] => [{ id, display_name, join_time, leave_time }]
  const ids = conference.invitations.slice(0, 3).map(({ id }) => id)
  call.participants = ids.flatMap((id, k) => attend(id, start + k * minute))
  const [first = '', last = ''] = [ids[0], ids.at(-1)]
  call.participants[0]!.leave_time = start + 10 * minute
  call.participants.push(...attend(first, start + 12 * minute), ...attend(last, start + 5 * minute, end - 5 * minute))
  if (number % 4 === 0) call.participants.push(...attend(federatedId, start + 3 * minute, end, 'Ann Lee (partner)'))
  endCall(server, conference, end)
  if (number % 10 === 0) addRecording(server, conference, start + 2 * minute, (1 + (number % 3)) * mebibyte + number)
}

/** Adds calls between two users on the last days. */
export function seedDirectCalls(server: Server, logins: string[]): void {
  for (let k = 0; k < directCalls; k++) {
    const start = seconds(server.now()) - (k + 1) * day
    addDirectCall(server, [logins[k % logins.length]!, logins[(k + 1) % logins.length]!], start, start + 5 * minute)
  }
}
