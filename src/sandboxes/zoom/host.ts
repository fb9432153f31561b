import { getOrigin } from '../origin.ts'
import { noMeeting, ZoomError } from './errors.ts'
import { formatAttendance, formatSession } from './events.ts'
import { createRecordingFile } from './recording-files.ts'
import { formatRecordedSession, getListedFiles } from './recording-view.ts'
import { readJson, type Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import {
  fresh,
  createId,
  createInstance,
  createNumber,
  createUuid,
  type Attendance,
  type Instance,
  type Meeting,
  type User,
} from './world.ts'

export function attend(instance: Instance, seed: string, who: Partial<Attendance> & { name: string }): Attendance {
  const attendance: Attendance = {
    user_id: String(createNumber(seed, 16_000_000, 900_000)),
    participant_uuid: createId(`${seed}:uuid`),
    id: '',
    user_email: '',
    registrant_id: '',
    role: 'attendee',
    status: 'in_meeting',
    join: instance.start,
    leave: null,
    ...who,
  }
  instance.attendances.push(attendance)
  return attendance
}

export const asAttendee = (user: User) => ({
  name: String(user.fields.display_name ?? user.email),
  id: user.id,
  user_email: user.email,
})

function startMeeting(service: Service, meeting: Meeting): void {
  const { world, now, effect, publish } = service
  if (meeting.live) return
  const live = createInstance(meeting.uuid, now())
  meeting.live = live
  effect('runConference', String(meeting.id))
  publish('meeting.started', { object: formatSession(meeting, live) })
  const host = world.users.find((user) => user.id === meeting.host_id)
  if (host) join(service, meeting, live, { ...asAttendee(host), role: 'host' })
}

/** Adds a person to a running meeting. */
function join(service: Service, meeting: Meeting, live: Instance, who: Partial<Attendance> & { name: string }): void {
  const attendance = attend(live, fresh(service.world, 'join'), { join: service.now(), ...who })
  const event = attendance.status === 'in_meeting' ? 'joined' : 'joined_waiting_room'
  publishAttendance(service, event, meeting, live, attendance)
}

function leave(service: Service, meeting: Meeting, live: Instance, attendance: Attendance): void {
  if (attendance.leave !== null) return
  attendance.leave = service.now()
  const event = attendance.status === 'in_meeting' ? 'left' : 'left_waiting_room'
  publishAttendance(service, event, meeting, live, attendance)
}

function publishAttendance(
  { publish }: Service,
  event: string,
  meeting: Meeting,
  live: Instance,
  attendance: Attendance,
): void {
  const object = { ...formatSession(meeting, live), participant: formatAttendance(attendance) }
  publish(`meeting.participant_${event}`, { object })
}

/**
 * Ends a meeting. The remaining participants leave, and the next instance gets a new UUID. If the meeting is recorded in the
 * cloud, the recording is complete at once.
 */
export function endMeeting(service: Service, meeting: Meeting, origin: string): void {
  const { live } = meeting
  if (!live) return
  for (const attendance of live.attendances) leave(service, meeting, live, attendance)
  live.end = service.now()
  meeting.past.push(live)
  meeting.live = null
  meeting.uuid = createUuid(fresh(service.world, 'instance'))
  service.effect('endConference', String(meeting.id))
  service.publish('meeting.ended', { object: formatSession(meeting, live) })
  if (meeting.settings.auto_recording === 'cloud') record(service, meeting, live, origin)
}

/** Adds a video to the recordings of a session that has ended. */
function record({ publish, world, accountId }: Service, meeting: Meeting, session: Instance, origin: string): void {
  session.recordings.push(createRecordingFile(fresh(world, 'recording'), session))
  const token = createId(fresh(world, 'download'))
  const object = formatRecordedSession(accountId, { meeting, instance: session }, getListedFiles(session), origin)
  publish('recording.completed', { object }, { download_token: token })
}

/**
 * Serves actions of Zoom clients, which have no REST call: `/__host/meetings/{id}/start`, `/end`,
 * `/join` (`{name, email?, waiting?}`), `/leave` (`{name}`), and `/record`, which completes a recording of the last session.
 * Also serves start and join URLs.
 */
export function serveHost(service: Service): void {
  const { app } = service
  const { world } = service

  function meetingOf(c: ZoomContext): Meeting {
    const meeting = world.meetings.get(Number(c.req.param('id')))
    if (!meeting || meeting.deleted) throw noMeeting(c.req.param('id') ?? '')
    return meeting
  }

  app.post('/__host/meetings/:id/start', (c) => {
    startMeeting(service, meetingOf(c))
    return c.body(null, 204)
  })
  app.post('/__host/meetings/:id/end', (c) => {
    endMeeting(service, meetingOf(c), getOrigin(c))
    return c.body(null, 204)
  })
  app.post('/__host/meetings/:id/record', (c) => {
    const meeting = meetingOf(c)
    const session = meeting.past.at(-1)
    if (!session) throw new ZoomError(400, 3000, 'The meeting has not ended.')
    record(service, meeting, session, getOrigin(c))
    return c.body(null, 204)
  })
  app.post('/__host/meetings/:id/join', async (c) => {
    const meeting = meetingOf(c)
    const { live } = meeting
    if (!live) throw new ZoomError(400, 3000, 'The meeting has not started.')
    const { name, email, waiting } = await readJson(c)
    const user = world.users.find((user) => user.email === email)
    join(service, meeting, live, {
      ...(user ? asAttendee(user) : { name: String(name), user_email: String(email ?? '') }),
      status: waiting ? 'in_waiting_room' : 'in_meeting',
    })
    return c.body(null, 204)
  })
  app.post('/__host/meetings/:id/leave', async (c) => {
    const meeting = meetingOf(c)
    const { live } = meeting
    const { name } = await readJson(c)
    for (const attendance of live?.attendances ?? [])
      if (attendance.name === name) leave(service, meeting, live!, attendance)
    return c.body(null, 204)
  })

  app.get('/s/:id', (c) => {
    const meeting = meetingOf(c)
    if (service.zak.read(c.req.query('zak') ?? '') !== meeting.host_id) return c.text('Please sign in.', 401)
    startMeeting(service, meeting)
    return c.text(`${meeting.topic}: started.`)
  })
  app.get('/j/:id', (c) => {
    const meeting = meetingOf(c)
    return c.text(`${meeting.topic}: ${meeting.live ? 'running.' : 'waiting for the host.'}`)
  })
}
