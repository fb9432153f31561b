import { getOrigin } from '../origin.ts'
import { invalidFields, noHosting, ZoomError } from './errors.ts'
import { readMeeting } from './meeting-input.ts'
import { copyFields, createOperator, findChanges, formatChangedMeeting } from './events.ts'
import { changeMeeting, changeOccurrence, findOccurrence, newMeeting } from './meeting-model.ts'
import { formatMeeting } from './meeting-view.ts'
import { endMeeting } from './host.ts'
import { findUser, hostOf, getHostInPath, getMeetingInPath, readJson, type Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import { formatTime } from './time.ts'
import type { Meeting, User } from './world.ts'

/** TTL of a start URL in seconds. */
const startUrlLife = 7200

const invalidHost =
  'The value that you entered in the schedule_for field is invalid. Enter a valid value and try again.'

export function serveMeetings(service: Service): void {
  const { route, world, now, effect, publish, switches } = service

  const countWrite = (host: User) =>
    service.rate.daily(
      `meetings:${host.id}`,
      100,
      'Meeting Create/Update API requests permitted for this particular user',
    )
  const whole = (meeting: Meeting, host: User, c: ZoomContext) =>
    formatMeeting(meeting, host, getOrigin(c), service.zak.issue(host.id, startUrlLife))

  route(
    'POST',
    '/users/:userId/meetings',
    'Light',
    'meeting:write:meeting(:admin) meeting:write(:admin)',
    async (c) => {
      const caller = getHostInPath(service, c)
      const input = readMeeting(await readJson(c), switches.unavailableSettings)
      const host = scheduledFor(input.schedule_for, input.type) ?? caller
      countWrite(host)
      const meeting = newMeeting(world, host, input, now())
      world.meetings.set(meeting.id, meeting)
      effect('createConference', String(meeting.id), { topic: meeting.topic, hostId: host.id })
      publishAll('meeting.created', meeting, c)
      return c.json(whole(meeting, host, c), 201)
    },
  )

  /** Publishes an event about a whole meeting, not about one occurrence. */
  function publishAll(event: string, meeting: Meeting, c: ZoomContext): void {
    const object = formatChangedMeeting(meeting, getOrigin(c))
    publish(event, { ...createOperator(world), operation: 'all', object })
  }

  function scheduledFor(ref: string | undefined, type: number | undefined): User | undefined {
    if (!ref) return undefined
    if (type === 1) throw new ZoomError(400, 3000, 'You cannot schedule an instant meeting for another user.')
    const host = findUser(world, ref)
    if (!host) throw new ZoomError(400, 300, invalidHost)
    if (!host.mayHost) throw noHosting()
    return host
  }

  route('GET', '/meetings/:meetingId', 'Light', 'meeting:read:meeting(:admin) meeting:read(:admin)', (c) => {
    const meeting = getMeetingInPath(service, c)
    const view = whole(meeting, hostOf(service, meeting), c)
    const id = c.req.query('occurrence_id')
    if (!id) {
      const previous = c.req.query('show_previous_occurrences') === 'true'
      const shown = meeting.occurrences?.filter(({ start_time }) => previous || Date.parse(start_time) >= now())
      return c.json(shown ? { ...view, occurrences: shown } : view)
    }
    const { start_time, duration } = findOccurrence(meeting, id)
    const { settings, ...own } = meeting.occurrenceEdits[id] ?? {}
    return c.json({
      ...view,
      start_time,
      duration,
      ...own,
      settings: { ...meeting.settings, ...(settings as object | undefined) },
    })
  })

  route('PATCH', '/meetings/:meetingId', 'Light', 'meeting:update:meeting(:admin) meeting:write(:admin)', async (c) => {
    const meeting = getMeetingInPath(service, c)
    const host = hostOf(service, meeting)
    const input = readMeeting(await readJson(c), switches.unavailableSettings)
    countWrite(host)
    const occurrence = c.req.query('occurrence_id')
    const before = copyFields(meeting, getOrigin(c))
    if (occurrence) changeOccurrence(meeting, occurrence, input, now())
    else {
      const heir = scheduledFor(input.schedule_for, meeting.type)
      if (heir) meeting.host_id = heir.id
      changeMeeting(meeting, input, heir ?? host, now())
    }
    effect('updateConference', String(meeting.id), { ...input, ...(occurrence ? { occurrence } : {}) })
    const changes = findChanges(before, copyFields(meeting, getOrigin(c)))
    const scope = occurrence ? 'single' : 'all'
    if (changes) publish('meeting.updated', { ...createOperator(world), scope, time_stamp: now(), ...changes })
    return c.body(null, 204)
  })

  route('DELETE', '/meetings/:meetingId', 'Light', 'meeting:delete:meeting(:admin) meeting:write(:admin)', (c) => {
    const meeting = getMeetingInPath(service, c)
    if (meeting.type === 4) throw new ZoomError(400, 3018, 'Not allowed to delete PMI.')
    hostOf(service, meeting)
    const id = c.req.query('occurrence_id')
    if (id) findOccurrence(meeting, id).status = 'deleted'
    else if (meeting.live)
      throw new ZoomError(400, 3002, "Sorry, you cannot delete this meeting since it's in progress.")
    else meeting.deleted = true
    effect('deleteConference', String(meeting.id), id ? { occurrence: id } : undefined)
    if (id) {
      const occurrences = meeting.occurrences?.filter(({ occurrence_id }) => occurrence_id === id)
      const object = { ...formatChangedMeeting(meeting, getOrigin(c)), occurrences }
      publish('meeting.deleted', { ...createOperator(world), operation: 'single', object })
    } else publishAll('meeting.deleted', meeting, c)
    return c.body(null, 204)
  })

  const status = 'meeting:update:status(:admin) meeting:write(:admin)'
  route('PUT', '/meetings/:meetingId/status', 'Light', status, async (c) => {
    const { action } = await readJson(c)
    if (action === 'recover') {
      const meeting = world.meetings.get(Number(c.req.param('meetingId')))
      if (meeting?.deleted) {
        meeting.deleted = false
        effect('recoverConference', String(meeting.id), { at: formatTime(now()) })
        publishAll('meeting.recovered', meeting, c)
      } else getMeetingInPath(service, c)
      return c.body(null, 204)
    }
    if (action !== 'end') throw invalidFields('action')
    const meeting = getMeetingInPath(service, c)
    hostOf(service, meeting)
    // Has no effect on a meeting that is not running.
    if (meeting.live) endMeeting(service, meeting, getOrigin(c))
    return c.body(null, 204)
  })
}
