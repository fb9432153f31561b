import type { Context } from 'hono'
import { canSee } from './conference.ts'
import { forbidden, createNotFoundError } from './errors.ts'
import { isAddress, uid } from './identity.ts'
import { createPageFromOne } from './input.ts'
import { type Attendance, type ConferenceSession, type Env, type Routes, type Server, seconds } from './model.ts'
import { formatParticipant } from './participants.ts'
import { formatPhpDate, parseQueryDate } from './php-date.ts'
import { guard } from './scopes.ts'
import { getOrigin } from '../origin.ts'

/** Returns the ID with which others call a user or a guest. */
const toCallId = (server: Server, id: string): string => (isAddress(id) ? id : uid(server, id))

function showCall(server: Server, call: ConferenceSession) {
  const { id, conferenceId, topic, type, owner, start_time, end_time, participants } = call
  const { timeZone } = server.settings
  return {
    conference_id: id,
    named_conf_id: conferenceId,
    topic,
    // 1 is a call between two users. Higher values are conferences.
    class: conferenceId === null ? 1 : 2,
    type,
    subtype: 0,
    owner: uid(server, owner),
    participant_count: participants.length,
    start_time: formatPhpDate(start_time, timeZone),
    duration: (end_time ?? seconds(server.now())) - start_time,
    end_time: end_time === null ? null : formatPhpDate(end_time, timeZone),
  }
}

function showAttendance(
  server: Server,
  call: ConferenceSession,
  { id, display_name, join_time, leave_time }: Attendance,
) {
  const { timeZone } = server.settings
  return {
    app_id: '',
    avg_cpu_load: 12,
    avg_sent_fps: 25,
    bitrate_in: 1024,
    bitrate_out: 1024,
    call_id: toCallId(server, id),
    display_name: display_name ?? server.data.users.get(id)?.display_name ?? id,
    duration: (leave_time ?? seconds(server.now())) - join_time,
    join_time: formatPhpDate(join_time, timeZone),
    leave_reason: leave_time === null ? null : call.end_time === leave_time ? 1 : 0,
    leave_time: leave_time === null ? null : formatPhpDate(leave_time, timeZone),
    video_h: 720,
    video_w: 1280,
  }
}

/**
 * Returns the time zone in which the dates of the query are: `timezone` in hours, or else that of the server. The times in the
 * response are in the time zone of the server.
 */
function getQueryTimeZone(c: Context<Env>, fallback: string): string {
  const hours = Number(c.req.query('timezone') || NaN)
  if (!(Math.abs(hours) <= 14)) return fallback
  const minutes = Math.round(Math.abs(hours) * 60)
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${hours < 0 ? '-' : '+'}${whole}:${rest}`
}

/** Returns the sessions that the query selects, in its order. */
function findCalls({ data, settings }: Server, c: Context<Env>): ConferenceSession[] {
  const { named_conf_id, date_from, date_to, sort_field, sort_order } = c.req.query()
  const timeZone = getQueryTimeZone(c, settings.timeZone)
  const from = parseQueryDate(date_from, timeZone) ?? -Infinity
  const to = parseQueryDate(date_to, timeZone) ?? Infinity
  const direction = sort_order === '1' ? -1 : 1
  const getTime = sort_field === 'start_time' ? (call: ConferenceSession) => call.start_time : getEndTime
  return data.calls
    .filter(({ conferenceId }) => !named_conf_id || conferenceId === named_conf_id)
    .filter(({ start_time }) => start_time >= from && start_time <= to)
    .sort((a, b) => direction * (getTime(a) - getTime(b)))
}

export function logRoutes(app: Routes, server: Server): void {
  const need = guard(server)
  const callInPath = (c: Context<Env>): ConferenceSession => {
    const id = c.req.param('call_id') ?? ''
    const call = server.data.calls.find((item) => item.id === id)
    if (!call) throw createNotFoundError('call', id)
    return call
  }

  app.get('/logs/calls', need('logs.calls', 'read'), (c) => {
    const { items, cnt } = createPageFromOne(c, findCalls(server, c), server.settings.maxPageSize)
    return c.json({ cnt, list: items.map((call) => showCall(server, call)) })
  })
  app.get('/logs/calls/:call_id', need('logs.calls', 'read'), (c) => {
    const call = callInPath(c)
    if (call.end_time === null && !server.settings.logsRunningCalls) throw createNotFoundError('call', call.id)
    return c.json(showCall(server, call))
  })
  app.get('/logs/calls/:call_id/participants', need('logs.calls.participants', 'read'), (c) => {
    const call = callInPath(c)
    const { items, cnt } = createPageFromOne(c, call.participants, server.settings.maxPageSize)
    return c.json({ cnt, list: items.map((item) => showAttendance(server, call, item)) })
  })
  // The sandbox has no messages.
  app.get('/logs/messages', need('logs.calls', 'read'), (c) => c.json({ cnt: 0, list: [] }))
  app.get('/conference-sessions/:call_id/participants', need('conferences.sessions.participants', 'read'), (c) => {
    const { conferenceId, owner, participants } = callInPath(c)
    const conference = server.data.conferences.get(conferenceId ?? '')
    const grant = c.get('grant')
    if (conference ? !canSee(grant, conference) : grant.userId !== null) throw forbidden()
    const there = participants.filter((item) => item.leave_time === null)
    const shown = there.map((item) => {
      const role = owner === item.id ? 2 : 1
      return Object.assign(formatParticipant(server, owner, item, getOrigin(c)), { role })
    })
    return c.json({ count: shown.length, participants: shown })
  })
}

/** Returns the end of a session for sorting. A running session comes after every ended one. */
const getEndTime = ({ end_time }: ConferenceSession): number => end_time ?? Number.MAX_SAFE_INTEGER
