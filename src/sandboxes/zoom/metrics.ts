import { invalidFields, ZoomError } from './errors.ts'
import { getEndedInstance, countPeople, liveInstance, type Found } from './instances.ts'
import type { Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import { day, formatTime, second } from './time.ts'
import type { Attendance } from './world.ts'

/** Serves the dashboard, the only REST API that lists the participants of a running meeting. */
export function serveMetrics(service: Service): void {
  const { route, world, now, pager, switches } = service
  const classic = 'dashboard_meetings:read:admin dashboard:read:admin'

  function kind(c: ZoomContext): 'live' | 'past' {
    if (!switches.dashboard) {
      const who = 'ZMP and Business or higher accounts that have enabled the Dashboard feature'
      throw new ZoomError(400, 400, `This API is only available for ${who}.`)
    }
    const type = c.req.query('type') ?? 'live'
    if (!['live', 'past', 'pastOne'].includes(type)) throw invalidFields('type')
    return type === 'live' ? 'live' : 'past'
  }

  function getInstance(c: ZoomContext): Found {
    const entry = kind(c) === 'live' ? liveInstance(service, c) : getEndedInstance(service, c)
    if (entry.instance.start < now() - 365 * day)
      throw new ZoomError(400, 12702, 'Can not access a meeting a year ago.')
    return entry
  }

  function overview({ meeting, instance: { uuid, start, end, attendances } }: Found): Record<string, unknown> {
    const host = world.users.find((user) => user.id === meeting.host_id)
    return {
      uuid,
      id: meeting.id,
      topic: meeting.topic,
      host: host?.fields.display_name ?? '',
      email: host?.email ?? '',
      dept: host?.fields.dept ?? '',
      user_type: host?.type === 2 ? 'Licensed' : 'Basic',
      start_time: formatTime(start),
      ...(end === null ? {} : { end_time: formatTime(end) }),
      duration: new Date((end ?? now()) - start).toISOString().slice(11, 19),
      participants: countPeople(attendances),
      has_pstn: false,
      has_voip: true,
      has_3rd_party_audio: false,
      has_video: true,
      has_screen_share: false,
      has_recording: false,
      has_sip: false,
      has_archiving: false,
    }
  }

  function dashboardRow(at: Attendance): Record<string, unknown> {
    return {
      id: at.id,
      participant_user_id: at.id,
      user_id: at.user_id,
      participant_uuid: at.participant_uuid,
      user_name: at.name,
      email: at.user_email,
      join_time: formatTime(at.join),
      ...(at.leave === null ? {} : { leave_time: formatTime(at.leave), leave_reason: `${at.name} left the meeting.` }),
      role: at.role,
      status: at.status,
      device: 'Windows',
      os: 'Windows',
      os_version: '11',
      ip_address: '192.0.2.7',
      location: 'Berlin (DE)',
      network_type: 'Wifi',
      microphone: '',
      speaker: '',
      camera: '',
      data_center: 'Germany (FR Top)',
      connection_type: 'UDP',
      share_application: false,
      share_desktop: false,
      share_whiteboard: false,
      recording: false,
      client: 'Zoom Workplace',
      version: '6.5.11.26770',
    }
  }

  route('GET', '/metrics/meetings', 'Resource-intensive', `dashboard:read:list_meetings:admin ${classic}`, (c) => {
    const type = kind(c)
    const { from, to } = c.req.query()
    const [since, until] = [edge('from', from), edge('to', to) + (to!.length === 10 ? day : second)]
    if (until - since > 32 * day) throw new ZoomError(400, 300, 'The date range must not be longer than one month.')
    const all = [...world.meetings.values()].flatMap((meeting) =>
      (type === 'past' ? meeting.past : meeting.live ? [meeting.live] : []).map((instance) => ({ meeting, instance })),
    )
    const within = all.filter(({ instance: { start } }) => type === 'live' || (start >= since && start < until))
    const keyOf = ({ instance }: Found) => instance.uuid
    const { items, envelope } = pager.page(c, within, { keyOf, numbered: false, defaults: { type: 'live' } })
    return c.json({ from, to, ...envelope, meetings: items.map(overview) })
  })

  function edge(name: string, text: string | undefined): number {
    const form = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/
    const at =
      text && form.test(text) ? Date.parse(`${text.slice(0, 10)}T${text.slice(11) || '00:00:00'}Z`) : Number.NaN
    if (Number.isNaN(at)) throw invalidFields(name)
    return at
  }

  route('GET', '/metrics/meetings/:meetingId', 'Heavy', `dashboard:read:meeting:admin ${classic}`, (c) =>
    c.json({ ...overview(getInstance(c)), in_room_participants: 0 }),
  )

  const participants = `dashboard:read:list_meeting_participants:admin ${classic}`
  route('GET', '/metrics/meetings/:meetingId/participants', 'Heavy', participants, (c) => {
    const type = kind(c)
    const { meeting, instance } = getInstance(c)
    const { items, envelope } = pager.page(c, instance.attendances, {
      keyOf: (at) => at.participant_uuid,
      numbered: false,
      defaults: { type: 'live' },
    })
    const withRegistrant = type === 'past' && c.req.query('include_fields') === 'registrant_id'
    const rows = items.map((at) =>
      Object.assign(dashboardRow(at), withRegistrant ? { registrant_id: at.registrant_id } : {}),
    )
    return c.json({ ...envelope, meeting_number: String(meeting.id), participants: rows })
  })
}
