import { getOrigin } from '../origin.ts'
import { invalidFields, ZoomError } from './errors.ts'
import { formatListedMeeting } from './meeting-view.ts'
import { findUser, getHostInPath, userRef, type Service } from './service.ts'
import { day, fromWallClock, isTimeZone, minute } from './time.ts'
import { isExpired, type Meeting, type User } from './world.ts'

const halfYear = 183 * day
const kinds = new Set(['scheduled', 'live', 'upcoming', 'upcoming_meetings', 'previous_meetings'])

export function serveMeetingLists(service: Service): void {
  const { route, world, pager, now } = service

  const scheduledBy = (host: User) =>
    [...world.meetings.values()].filter(
      (meeting) =>
        meeting.host_id === host.id &&
        !meeting.deleted &&
        [2, 3, 8].includes(meeting.type) &&
        !isExpired(meeting, now()),
    )

  /** Returns the next or last start of a meeting. A recurring meeting without a fixed time never ends. */
  function nextStart(meeting: Meeting): number {
    const open = meeting.occurrences?.find(
      ({ start_time, status }) => status === 'available' && Date.parse(start_time) >= now(),
    )
    return open ? Date.parse(open.start_time) : (meeting.start ?? now())
  }

  function isOfKind(meeting: Meeting, kind: string): boolean {
    if (kind === 'scheduled') return true
    if (kind === 'live') return meeting.live !== null
    const start = nextStart(meeting)
    if (kind === 'previous_meetings') return start + meeting.duration * minute < now() && start > now() - halfYear
    if (start > now() + halfYear) return false
    return start >= now() || (kind === 'upcoming_meetings' && meeting.live !== null)
  }

  route('GET', '/users/:userId/meetings', 'Medium', 'meeting:read:list_meetings(:admin) meeting:read(:admin)', (c) => {
    const host = getHostInPath(service, c)
    const { type = 'scheduled', from, to, timezone = 'UTC' } = c.req.query()
    if (!kinds.has(type)) throw invalidFields('type')
    if (!isTimeZone(timezone)) throw invalidFields('timezone')
    const edge = (name: string, date: string | undefined, open: number, days: number) => {
      if (!date) return open
      const wall = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
      if (Number.isNaN(wall)) throw invalidFields(name)
      return fromWallClock(wall + days * day, timezone)
    }
    const since = edge('from', from, Number.NEGATIVE_INFINITY, 0)
    const before = edge('to', to, Number.POSITIVE_INFINITY, 1)
    const matches = scheduledBy(host).filter((meeting) => {
      const start = nextStart(meeting)
      return isOfKind(meeting, type) && start >= since && start < before
    })
    const defaults = { type: 'scheduled', timezone: 'UTC' }
    const keyOf = (meeting: Meeting) => String(meeting.id)
    const { items, envelope } = pager.page(c, matches, { keyOf, numbered: true, defaults })
    return c.json({ ...envelope, meetings: items.map((meeting) => formatListedMeeting(meeting, getOrigin(c))) })
  })

  const upcoming = 'meeting:read:list_upcoming_meetings(:admin) meeting:read(:admin)'
  route('GET', '/users/:userId/upcoming_meetings', 'Medium', upcoming, (c) => {
    const user = findUser(world, userRef(c))
    if (!user) throw new ZoomError(404, 3001, `User does not exist: ${userRef(c)}.`)
    const invited = (meeting: Meeting) =>
      (meeting.settings.meeting_invitees as { email: string }[]).some(({ email }) => email.toLowerCase() === user.email)
    const meetings = [...world.meetings.values()]
      .filter((meeting) => !meeting.deleted && (meeting.host_id === user.id || invited(meeting)))
      .filter((meeting) => meeting.start !== null && nextStart(meeting) >= now() && nextStart(meeting) < now() + day)
      .map((meeting) => upcomingMeeting(meeting, user, getOrigin(c)))
    return c.json({ total_records: meetings.length, meetings })
  })
}

function upcomingMeeting(meeting: Meeting, user: User, origin: string): Record<string, unknown> {
  const { id, topic, type, start_time, duration, timezone, created_at, join_url } = formatListedMeeting(meeting, origin)
  return {
    id,
    topic,
    type,
    start_time,
    duration,
    timezone,
    created_at,
    join_url,
    passcode: meeting.password,
    use_pmi: meeting.settings.use_pmi === true,
    is_host: meeting.host_id === user.id,
    is_all_day: false,
  }
}
