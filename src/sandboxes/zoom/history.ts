import { noUser, ZoomError } from './errors.ts'
import { countPeople, type Found } from './instances.ts'
import { findUser, userRef, type Service } from './service.ts'
import { assertPaid, formatEndedSession, getReportState, sortByUuid } from './session-view.ts'
import { day, formatDate, formatTime, readDate, subtractMonth } from './time.ts'

const invalidParameter = (name: string) => new ZoomError(400, 300, `Invalid parameter: ${name}.`)

/** Serves reports of the sessions of one host and of the account. */
export function serveHistory(service: Service): void {
  const { route, world, now, pager } = service
  const format = (found: Found) => formatEndedSession(service, found)

  route('GET', '/report/users/:userId/meetings', 'Heavy', 'report:read:user:admin report:read:admin', (c) => {
    assertPaid(service, `Only available for paid account: ${service.accountId}.`)
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
      .filter(({ instance }) => getReportState(service, instance) !== 'missing')
    const keyOf = ({ instance }: Found) => instance.uuid
    const { items, envelope } = pager.page(c, rows, { keyOf, numbered: false, defaults: { from, to, type: 'past' } })
    return c.json({ from, to, ...envelope, meetings: items.map(format) })
  })
  const history = 'report:read:list_history_meetings:admin report:read:admin'
  route('GET', '/report/history_meetings', 'Heavy', history, (c) => {
    assertPaid(service, 'No permission.')
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
    const { uuid, id, user_name, user_email, dept, participants_count, total_minutes, ...rest } = format(found)
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
