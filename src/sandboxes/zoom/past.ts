import { noMeeting, notEnded, ZoomError } from './errors.ts'
import { getEndedInstance, countPeople, getMeetingReference, type Found } from './instances.ts'
import type { Service } from './service.ts'
import { assertPaid, formatEndedSession, getReportState, sortByUuid } from './session-view.ts'
import type { ZoomContext } from './context.ts'
import { day, formatTime } from './time.ts'
import type { Attendance, Instance } from './world.ts'

/** Serves the sessions of a meeting, and who attended them. */
export function servePast(service: Service): void {
  const { route, world, now, pager } = service

  function getInstance(c: ZoomContext): Found {
    assertPaid(service, `Only available for paid account: ${service.accountId}.`)
    const entry = getEndedInstance(service, c)
    if (entry.instance.start < now() - 365 * day)
      throw new ZoomError(400, 12702, 'Can not access a meeting a year ago.')
    return entry
  }

  function row(at: Attendance, instance: Instance): Record<string, unknown> {
    const state = getReportState(service, instance)
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
    const state = getReportState(service, instance)
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
    return c.json({ ...formatEndedSession(service, found), host_id: found.meeting.host_id, has_meeting_summary: false })
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
    return c.json({
      ...formatEndedSession(service, found),
      tracking_fields: found.meeting.tracking_fields,
      custom_keys: [],
    })
  })

  const report = 'report:read:list_meeting_participants:admin report:read:admin'
  route('GET', '/report/meetings/:meetingId/participants', 'Heavy', report, (c) =>
    rowsPage(c, (at) => ({ participant_user_id: at.id, customer_key: '', bo_mtg_id: '' })),
  )
}
