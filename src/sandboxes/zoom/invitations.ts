import { getOrigin } from '../origin.ts'
import { z } from 'zod'
import { parseBody } from './parse-body.ts'
import { invalidFields, ZoomError } from './errors.ts'
import { joinUrl } from './meeting-view.ts'
import { findUser, hostOf, getMeetingInPath, readJson, type Service } from './service.ts'
import { fresh, createId } from './world.ts'

const links = z.object({
  attendees: z
    .array(
      z.object({
        name: z.string().min(1).max(64),
        disable_video: z.boolean().optional(),
        disable_audio: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(500),
  ttl: z.number().int().min(0).max(7_776_000).optional(),
})
const contact = z.object({ id: z.string().optional(), email: z.string().optional() })
const contacts = z.object({ contacts: z.array(contact).min(1).max(10) })

const methods = new Set([
  'recording.start',
  'recording.stop',
  'recording.pause',
  'recording.resume',
  'participant.invite',
  'participant.invite.callout',
  'participant.invite.room_system_callout',
  'waiting_room.update',
  'ai_companion.start',
  'ai_companion.stop',
  'ai_companion.disable',
])

export function serveInvitations(service: Service): void {
  const { route, world, effect } = service

  route(
    'POST',
    '/meetings/:meetingId/invite_links',
    'Light',
    'meeting:write:invite_links(:admin) meeting:write(:admin)',
    async (c) => {
      const meeting = getMeetingInPath(service, c)
      hostOf(service, meeting)
      const body = parseBody(links, await readJson(c))
      const attendees = body.attendees.map(({ name }) => {
        const token = createId(fresh(world, 'link'))
        effect('inviteParticipant', String(meeting.id), { name, by: 'invite_links' })
        return { name, join_url: `${joinUrl(meeting, getOrigin(c))}&tk=${token}` }
      })
      return c.json({ attendees }, 201)
    },
  )

  route(
    'GET',
    '/meetings/:meetingId/invitation',
    'Light',
    'meeting:read:invitation(:admin) meeting:read(:admin)',
    (c) => {
      const meeting = getMeetingInPath(service, c)
      const host = hostOf(service, meeting)
      const lines = [
        `${String(host.fields.display_name ?? host.email)} is inviting you to a scheduled Zoom meeting.`,
        '',
        `Topic: ${meeting.topic}`,
        '',
        'Join Zoom Meeting',
        joinUrl(meeting, getOrigin(c)),
        '',
        `Meeting ID: ${meeting.id}`,
        `Passcode: ${meeting.password}`,
      ]
      return c.json({ invitation: `${lines.join('\r\n')}\r\n`, sip_links: [`${meeting.id}@zoomcrc.com`] })
    },
  )

  const controls = 'meeting:update:in_meeting_controls(:admin) meeting:write(:admin) meeting:master'
  route('PATCH', '/live_meetings/:meetingId/events', 'Medium', controls, async (c) => {
    const ref = c.req.param('meetingId') ?? ''
    const meeting = world.meetings.get(Number(ref))
    const { method, params } = await readJson(c)
    if (!methods.has(String(method))) throw invalidFields('method')
    const callsOut = String(method).endsWith('callout')
    if (!meeting || meeting.deleted || (!meeting.live && !callsOut))
      throw new ZoomError(404, 3001, `Meeting ${ref} is not found or has expired.`)
    hostOf(service, meeting)
    if (method === 'participant.invite') ring(String(meeting.id), params)
    else effect(String(method), String(meeting.id), params)
    return c.body(null, 202)
  })

  /** Calls contacts. Zoom reports their answers only through webhooks. */
  function ring(meetingId: string, params: unknown): void {
    const body = parseBody(contacts, params)
    const users = body.contacts.map(({ id, email }) => findUser(world, id ?? email ?? ''))
    if (users.includes(undefined)) throw new ZoomError(400, 300, 'No permission.')
    for (const user of users) effect('inviteParticipant', meetingId, { email: user!.email, by: 'ring' })
  }

  const sip = 'meeting:write:sip_dialing(:admin) meeting:write:admin:sip_dialing'
  route('POST', '/meetings/:meetingId/sip_dialing', 'Medium', sip, async (c) => {
    const { id } = getMeetingInPath(service, c)
    const { passcode = '' } = await c.req.json<{ passcode?: string }>().catch(() => ({}) as { passcode?: string })
    const code = createId(fresh(world, 'sip')).slice(0, 9).toLowerCase()
    return c.json({
      sip_dialing: `${id}.${passcode}...${code}@zoomcrc.com`,
      paid_crc_plan_participant: true,
      participant_identifier_code: code,
      expire_in: 7200,
    })
  })
}
