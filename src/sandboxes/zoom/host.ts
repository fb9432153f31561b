import { noMeeting, ZoomError } from './errors.ts'
import { readJson, type Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import {
  fresh,
  createId,
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
  const { world, now, effect } = service
  if (meeting.live) return
  meeting.live = { uuid: meeting.uuid, start: now(), end: null, attendances: [] }
  const host = world.users.find((user) => user.id === meeting.host_id)
  if (host) attend(meeting.live, fresh(world, 'join'), { ...asAttendee(host), role: 'host' })
  effect('runConference', String(meeting.id))
}

/** Ends a meeting. The remaining participants leave, and the next instance gets a new UUID. */
export function endMeeting(service: Service, meeting: Meeting): void {
  const { live } = meeting
  if (!live) return
  live.end = service.now()
  for (const attendance of live.attendances) attendance.leave ??= live.end
  meeting.past.push(live)
  meeting.live = null
  meeting.uuid = createUuid(fresh(service.world, 'instance'))
  service.effect('endConference', String(meeting.id))
}

/**
 * Serves actions of Zoom clients, which have no REST call: `/__host/meetings/{id}/start`, `/end`,
 * `/join` (`{name, email?, waiting?}`), and `/leave` (`{name}`). Also serves start and join URLs.
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
    endMeeting(service, meetingOf(c))
    return c.body(null, 204)
  })
  app.post('/__host/meetings/:id/join', async (c) => {
    const { live } = meetingOf(c)
    if (!live) throw new ZoomError(400, 3000, 'The meeting has not started.')
    const { name, email, waiting } = await readJson(c)
    const user = world.users.find((user) => user.email === email)
    attend(live, fresh(world, 'join'), {
      ...(user ? asAttendee(user) : { name: String(name) }),
      status: waiting ? 'in_waiting_room' : 'in_meeting',
      join: service.now(),
    })
    return c.body(null, 204)
  })
  app.post('/__host/meetings/:id/leave', async (c) => {
    const { name } = await readJson(c)
    for (const attendance of meetingOf(c).live?.attendances ?? [])
      if (attendance.name === name) attendance.leave ??= service.now()
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
