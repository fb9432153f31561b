import { noMeeting, noUser, ZoomError } from './errors.ts'
import { getEndedInstance, countPeople, getMeetingReference, type Found } from './instances.ts'
import { findUser, userRef, type Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import { day, formatTime, formatDate, minute } from './time.ts'
import type { Attendance, Instance, Meeting } from './world.ts'

export function servePast(service: Service): void {
  const { route, world, now, pager, switches } = service

  function paid(): void {
    if (!switches.paid) throw new ZoomError(400, 200, `Only available for paid account: ${service.accountId}.`)
  }

  function getInstance(c: ZoomContext): Found {
    paid()
    const entry = getEndedInstance(service, c)
    if (entry.instance.start < now() - 365 * day)
      throw new ZoomError(400, 12702, 'Can not access a meeting a year ago.')
    return entry
  }

  function summary(meeting: Meeting, { uuid, start, end, attendances }: Instance): Record<string, unknown> {
    const host = world.users.find((user) => user.id === meeting.host_id)
    const joined = attendances.reduce((sum, { join, leave }) => sum + (leave! - join), 0)
    return {
      id: meeting.id,
      uuid,
      topic: meeting.topic,
      type: meeting.type,
      user_name: host?.fields.display_name ?? '',
      user_email: host?.email ?? '',
      start_time: formatTime(start),
      end_time: formatTime(end!),
      duration: Math.ceil((end! - start) / minute),
      total_minutes: Math.ceil(joined / minute),
      participants_count: countPeople(attendances),
      dept: host?.fields.dept ?? '',
      source: 'Zoom',
    }
  }

  /** Formats a row. For some time after the end of the meeting, rows have no duration. */
  function row(at: Attendance, { end }: Instance): Record<string, unknown> {
    const settled = now() >= end! + switches.reportLag
    return {
      id: at.id,
      name: at.name,
      user_id: at.user_id,
      user_email: at.user_email,
      join_time: formatTime(at.join),
      leave_time: formatTime(at.leave!),
      duration: settled ? Math.round((at.leave! - at.join) / 1000) : 0,
      failover: false,
      status: at.status,
    }
  }

  /** Responds with the rows of a meeting. A meeting with only one person has no rows. */
  function rowsPage(c: ZoomContext, more: (at: Attendance) => Record<string, unknown>) {
    const { instance } = getInstance(c)
    const rows = countPeople(instance.attendances) > 1 ? instance.attendances : []
    const { items, envelope } = pager.page(c, rows, { keyOf: (at) => at.participant_uuid, numbered: false })
    const participants = items.map((at) => Object.assign(row(at, instance), more(at)))
    return c.json({ ...envelope, participants })
  }

  route('GET', '/past_meetings/:meetingId', 'Light', 'meeting:read:past_meeting(:admin) meeting:read(:admin)', (c) => {
    const { meeting, instance } = getInstance(c)
    return c.json({ ...summary(meeting, instance), host_id: meeting.host_id, has_meeting_summary: false })
  })

  const instances = 'meeting:read:list_past_instances(:admin) meeting:read(:admin)'
  route('GET', '/past_meetings/:meetingId/instances', 'Medium', instances, (c) => {
    const ref = getMeetingReference(c)
    const meeting = world.meetings.get(Number(ref))
    if (!meeting) throw noMeeting(ref)
    const recent = meeting.past.filter(({ start }) => start > now() - 456 * day)
    return c.json({ meetings: recent.map(({ uuid, start }) => ({ uuid, start_time: formatTime(start) })) })
  })

  const participants = 'meeting:read:list_past_participants(:admin) meeting:read(:admin)'
  route('GET', '/past_meetings/:meetingId/participants', 'Medium', participants, (c) =>
    rowsPage(c, (at) => ({ registrant_id: at.registrant_id, internal_user: at.id !== '' })),
  )

  route('GET', '/report/meetings/:meetingId', 'Heavy', 'report:read:meeting:admin report:read:admin', (c) => {
    const { meeting, instance } = getInstance(c)
    return c.json({ ...summary(meeting, instance), tracking_fields: meeting.tracking_fields, custom_keys: [] })
  })

  const report = 'report:read:list_meeting_participants:admin report:read:admin'
  route('GET', '/report/meetings/:meetingId/participants', 'Heavy', report, (c) => {
    const withRegistrant = c.req.query('include_fields') === 'registrant_id'
    const more = (at: Attendance) => ({ participant_user_id: at.id, customer_key: '', bo_mtg_id: '' })
    return rowsPage(c, (at) => (withRegistrant ? { ...more(at), registrant_id: at.registrant_id } : more(at)))
  })

  route('GET', '/report/users/:userId/meetings', 'Heavy', 'report:read:user:admin report:read:admin', (c) => {
    paid()
    const user = findUser(world, userRef(c))
    if (!user) throw noUser(userRef(c))
    const { from = formatDate(now()), to = formatDate(now()) } = c.req.query()
    const [since, until] = [Date.parse(from), Date.parse(to) + day]
    if (Number.isNaN(since) || Number.isNaN(until)) throw new ZoomError(400, 300, 'Invalid parameter: from or to.')
    const rows = [...world.meetings.values()]
      .filter((meeting) => meeting.host_id === user.id)
      .flatMap((meeting) => meeting.past.map((instance) => ({ meeting, instance })))
      .filter(({ instance: { start, attendances } }) => start >= since && start < until && countPeople(attendances) > 1)
    const keyOf = ({ instance }: Found) => instance.uuid
    const { items, envelope } = pager.page(c, rows, { keyOf, numbered: false, defaults: { from, to, type: 'past' } })
    return c.json({ from, to, ...envelope, meetings: items.map(({ meeting, instance }) => summary(meeting, instance)) })
  })
}
