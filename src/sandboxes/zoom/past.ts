import { noMeeting, notEnded, noUser, ZoomError } from './errors.ts'
import { getEndedInstance, countPeople, getMeetingReference, type Found } from './instances.ts'
import { findUser, userRef, type Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import { day, formatTime, formatDate, minute, readDate, subtractMonth } from './time.ts'
import type { Attendance, Instance, UnfinishedReport } from './world.ts'

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

  /** Returns the state of a report that is not complete yet. */
  function getReportState({ report, end }: Instance): UnfinishedReport['state'] | null {
    if (report && now() < report.until) return report.state
    return now() < end! + switches.reportLag ? 'unsettled' : null
  }

  function summary({ meeting, instance }: Found): Record<string, unknown> {
    const { uuid, start, end, attendances } = instance
    const host = world.users.find((user) => user.id === meeting.host_id)
    const isBlank = getReportState(instance) === 'blank'
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
      total_minutes: isBlank ? 0 : sumMinutes(attendances),
      participants_count: isBlank ? 0 : countPeople(attendances),
      dept: host?.fields.dept ?? '',
      source: 'Zoom',
    }
  }

  function row(at: Attendance, instance: Instance): Record<string, unknown> {
    const state = getReportState(instance)
    const format = (time: number) => (state === 'blank' ? '' : formatTime(time))
    return {
      id: at.id,
      name: at.name,
      user_id: at.user_id,
      user_email: at.user_email,
      join_time: format(at.join),
      leave_time: format(at.leave!),
      duration: state === null ? Math.round((at.leave! - at.join) / 1000) : 0,
      failover: false,
      status: at.status,
    }
  }

  /** Responds with the rows of a meeting. A meeting with only one person has no rows. */
  function rowsPage(c: ZoomContext, more: (at: Attendance) => Record<string, unknown>) {
    const { instance } = getInstance(c)
    const state = getReportState(instance)
    if (state === 'missing') throw notEnded()
    const rows = state !== 'empty' && countPeople(instance.attendances) > 1 ? instance.attendances : []
    const { items, envelope } = pager.page(c, rows, { keyOf: (at) => at.participant_uuid, numbered: false })
    const withRegistrant = c.req.query('include_fields') === 'registrant_id'
    const participants = items.map((at) => ({
      ...row(at, instance),
      ...more(at),
      ...(withRegistrant && { registrant_id: at.registrant_id }),
    }))
    return c.json({ ...envelope, participants })
  }

  route('GET', '/past_meetings/:meetingId', 'Light', 'meeting:read:past_meeting(:admin) meeting:read(:admin)', (c) => {
    const found = getInstance(c)
    return c.json({ ...summary(found), host_id: found.meeting.host_id, has_meeting_summary: false })
  })

  const instances = 'meeting:read:list_past_instances(:admin) meeting:read(:admin)'
  route('GET', '/past_meetings/:meetingId/instances', 'Medium', instances, (c) => {
    const ref = getMeetingReference(c)
    const meeting = world.meetings.get(Number(ref))
    if (!meeting) throw noMeeting(ref)
    const recent = sortByUuid(meeting.past.filter(({ start }) => start > now() - 456 * day))
    return c.json({ meetings: recent.map(({ uuid, start }) => ({ uuid, start_time: formatTime(start) })) })
  })

  const participants = 'meeting:read:list_past_participants(:admin) meeting:read(:admin)'
  route('GET', '/past_meetings/:meetingId/participants', 'Medium', participants, (c) =>
    rowsPage(c, (at) => ({ internal_user: at.id !== '' })),
  )

  route('GET', '/report/meetings/:meetingId', 'Heavy', 'report:read:meeting:admin report:read:admin', (c) => {
    const found = getInstance(c)
    return c.json({ ...summary(found), tracking_fields: found.meeting.tracking_fields, custom_keys: [] })
  })

  const report = 'report:read:list_meeting_participants:admin report:read:admin'
  route('GET', '/report/meetings/:meetingId/participants', 'Heavy', report, (c) =>
    rowsPage(c, (at) => ({ participant_user_id: at.id, customer_key: '', bo_mtg_id: '' })),
  )

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
      // The report lists a session when its participants are known.
      .filter(({ instance }) => getReportState(instance) !== 'missing')
    const keyOf = ({ instance }: Found) => instance.uuid
    const { items, envelope } = pager.page(c, rows, { keyOf, numbered: false, defaults: { from, to, type: 'past' } })
    return c.json({ from, to, ...envelope, meetings: items.map(summary) })
  })
  const history = 'report:read:list_history_meetings:admin report:read:admin'
  route('GET', '/report/history_meetings', 'Heavy', history, (c) => {
    if (!switches.paid) throw new ZoomError(400, 200, 'No permission.')
    const { from = formatDate(now()), to = formatDate(now()), date_type = 'start_time', search_key } = c.req.query()
    if (date_type !== 'start_time' && date_type !== 'end_time') throw invalidParameter('date_type')
    const [since, until] = [readDate('from', from), readDate('to', to)]
    if (since > until || since < subtractMonth(until)) throw invalidParameter('from')
    const isRequested = ({ meeting: { id, topic }, instance: { start, end } }: Found): boolean => {
      const time = date_type === 'start_time' ? start : end!
      const isFound = !search_key || topic.includes(search_key) || String(id) === search_key
      return time >= since && time < until + day && isFound
    }
    const sessions = [...world.meetings.values()]
      .flatMap((meeting) => sortByUuid(meeting.past).map((instance) => ({ meeting, instance })))
      .filter(isRequested)
    const defaults = { from, to, date_type: 'start_time', meeting_type: 'all', report_type: 'all' }
    const keyOf = ({ instance }: Found) => instance.uuid
    const { items, envelope } = pager.page(c, sessions, { keyOf, numbered: false, defaults })
    const { next_page_token, page_size } = envelope
    return c.json({ next_page_token, page_size, history_meetings: items.map(formatHistory) })
  })

  function formatHistory(found: Found): Record<string, unknown> {
    const { uuid, id, user_name, user_email, dept, participants_count, total_minutes, ...rest } = summary(found)
    const { created, tracking_fields } = found.meeting
    return {
      ...rest,
      meeting_uuid: uuid,
      meeting_id: id,
      type: 'Meeting',
      host_display_name: user_name,
      host_email: user_email,
      participants: participants_count,
      total_participant_minutes: total_minutes,
      department: dept,
      group: [],
      create_time: formatTime(created),
      custom_fields: [],
      tracking_fields,
      feature_used: { record_to_cloud: found.instance.recordings.length > 0 },
    }
  }
}

const invalidParameter = (name: string) => new ZoomError(400, 300, `Invalid parameter: ${name}.`)

/** Zoom does not sort past sessions by time. UUIDs are random. */
const sortByUuid = (instances: Instance[]): Instance[] => instances.toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1))

function sumMinutes(attendances: Attendance[]): number {
  const stays = attendances.filter(({ status }) => status === 'in_meeting')
  return Math.ceil(stays.reduce((sum, { join, leave }) => sum + (leave! - join), 0) / minute)
}
