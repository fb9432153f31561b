import type { Context } from 'hono'
import { canSee } from './conference.ts'
import { forbidden, createNotFoundError } from './errors.ts'
import { uid } from './identity.ts'
import { createPageFromOne } from './input.ts'
import { type Attendance, type ConferenceSession, type Env, type Routes, type Server, seconds } from './model.ts'
import { formatParticipant } from './participants.ts'
import { guard } from './scopes.ts'
import { getOrigin } from '../origin.ts'

/** Formats a time as the JSON encoder of PHP formats a `DateTime`. */
function formatPhpDate(time: number) {
  const date = `${new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ')}.000000`
  return { date, timezone_type: 3, timezone: 'UTC' }
}

function showCall(server: Server, { id, conference, start_time, end_time, participants }: ConferenceSession) {
  return {
    conference_id: id,
    named_conf_id: conference.id,
    topic: conference.topic || null,
    // 1 is a call between two users. Higher values are conferences.
    class: 2,
    type: conference.type,
    subtype: 0,
    owner: uid(server, conference.owner),
    participant_count: participants.length,
    start_time: formatPhpDate(start_time),
    duration: (end_time ?? seconds(server.now())) - start_time,
    end_time: end_time === null ? null : formatPhpDate(end_time),
  }
}

function showAttendance(
  server: Server,
  call: ConferenceSession,
  { id, display_name, join_time, leave_time }: Attendance,
) {
  return {
    app_id: '',
    avg_cpu_load: 12,
    avg_sent_fps: 25,
    bitrate_in: 1024,
    bitrate_out: 1024,
    call_id: id,
    display_name: display_name ?? server.data.users.get(id)?.display_name ?? id,
    duration: (leave_time ?? seconds(server.now())) - join_time,
    join_time: formatPhpDate(join_time),
    leave_reason: leave_time === null ? null : call.end_time === leave_time ? 1 : 0,
    leave_time: leave_time === null ? null : formatPhpDate(leave_time),
    video_h: 720,
    video_w: 1280,
  }
}

/** Parses a date of the query as UTC. Returns seconds since the epoch. */
function parseQueryDate(c: Context<Env>, name: string): number | undefined {
  const value = c.req.query(name)
  const time = value && Date.parse(/^\d{4}-\d\d-\d\d \d/.test(value) ? `${value.replace(' ', 'T')}Z` : value)
  return time ? seconds(time) : undefined
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
    const conference = c.req.query('named_conf_id')
    const [from = -Infinity, to = Infinity] = [parseQueryDate(c, 'date_from'), parseQueryDate(c, 'date_to')]
    const matches = server.data.calls.filter(
      (call) => (!conference || call.conference.id === conference) && call.start_time >= from && call.start_time <= to,
    )
    const newestFirst = c.req.query('sort_order') === '1'
    const sorted = matches.sort((a, b) => (newestFirst ? -1 : 1) * (getEndTime(a) - getEndTime(b)))
    const { items, cnt } = createPageFromOne(c, sorted, server.settings.maxPageSize)
    return c.json({ cnt, list: items.map((call) => showCall(server, call)) })
  })
  app.get('/logs/calls/:call_id', need('logs.calls', 'read'), (c) => c.json(showCall(server, callInPath(c))))
  app.get('/logs/calls/:call_id/participants', need('logs.calls.participants', 'read'), (c) => {
    const call = callInPath(c)
    const { items, cnt } = createPageFromOne(c, call.participants, server.settings.maxPageSize)
    return c.json({ cnt, list: items.map((item) => showAttendance(server, call, item)) })
  })
  // The sandbox has no messages.
  app.get('/logs/messages', need('logs.calls', 'read'), (c) => c.json({ cnt: 0, list: [] }))
  app.get('/conference-sessions/:call_id/participants', need('conferences.sessions.participants', 'read'), (c) => {
    const { conference, participants } = callInPath(c)
    if (!canSee(c.get('grant'), conference)) throw forbidden()
    const there = participants.filter((item) => item.leave_time === null)
    const shown = there.map((item) => {
      const role = conference.owner === item.id ? 2 : 1
      return Object.assign(formatParticipant(server, conference.owner, item, getOrigin(c)), { role })
    })
    return c.json({ count: shown.length, participants: shown })
  })
}

/** Returns the end of a session for sorting. A running session comes after every ended one. */
const getEndTime = ({ end_time }: ConferenceSession): number => end_time ?? Number.MAX_SAFE_INTEGER
