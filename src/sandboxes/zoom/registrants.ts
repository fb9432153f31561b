import { getOrigin } from '../origin.ts'
import { z } from 'zod'
import { parseBody } from './parse-body.ts'
import { invalidFields, noMeeting, ZoomError } from './errors.ts'
import { joinUrl } from './meeting-view.ts'
import { hostOf, getMeetingInPath, readJson, type Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import { formatTime } from './time.ts'
import { fresh, createId, createNumber, type Meeting, type Registrant } from './world.ts'

const maxRegistrants = 4999

const words = ['address', 'city', 'country', 'zip', 'state', 'phone', 'industry', 'org', 'job_title']
const moreWords = ['purchasing_time_frame', 'role_in_purchase_process', 'no_of_employees', 'comments', 'language']
const person = z.object({
  email: z.email().max(128),
  first_name: z.string().min(1).max(64),
  last_name: z.string().max(64).optional(),
  ...Object.fromEntries([...words, ...moreWords].map((name) => [name, z.string().optional()])),
  custom_questions: z.array(z.object({ title: z.string(), value: z.string().max(128) })).optional(),
})
const single = person.extend({ auto_approve: z.boolean().optional() })
const batch = z.object({
  auto_approve: z.boolean().optional(),
  registrants: z.array(person).min(1).max(30),
})
type Person = z.infer<typeof person>

const takesRegistrations = (meeting: Meeting) => meeting.settings.approval_type !== 2

export function serveRegistrants(service: Service): void {
  const { route, world, now, effect, pager, publish, rate, switches } = service
  const write = 'meeting:write(:admin)'

  const closed = (status: 400 | 404, meeting: Meeting) =>
    new ZoomError(
      status,
      status === 404 ? 404 : 300,
      `Registration has not been enabled for this meeting: ${meeting.id}.`,
    )

  function view(registrant: Registrant, meeting: Meeting, c: ZoomContext): Record<string, unknown> {
    const { id, email, status, create_time, participant_pin_code, fields } = registrant
    const link = { join_url: personalUrl(registrant, meeting, c), participant_pin_code }
    return { id, email, ...fields, status, create_time, ...(status === 'approved' ? link : {}) }
  }
  const personalUrl = (registrant: Registrant, meeting: Meeting, c: ZoomContext) =>
    `${joinUrl(meeting, getOrigin(c))}&tk=${registrant.id}`

  function publishRegistration(event: string, meeting: Meeting, { id, email, fields }: Registrant): void {
    const { uuid, host_id, topic, type, duration, timezone } = meeting
    const registrant = { id, email, ...fields }
    const object = { id: meeting.id, uuid, host_id, topic, type, duration, timezone, registrant }
    publish(`meeting.registration_${event}`, { object })
  }

  /** Registers a person. A person who registers again keeps the same registrant. */
  function register(meeting: Meeting, person: Person, autoApprove: boolean, occurrences: string[]): Registrant {
    const { email, ...fields } = person
    rate.daily(
      `registrant:${meeting.id}:${email.toLowerCase()}`,
      3,
      'Add Meeting Registrant API requests permitted for this particular registrant',
    )
    const existing = meeting.registrants.find((registrant) => registrant.email === email.toLowerCase())
    if (existing) return existing
    if (meeting.registrants.length >= maxRegistrants)
      throw new ZoomError(400, 3043, 'Meeting has reached maximum attendee capacity.')
    const id = createId(fresh(world, 'registrant'))
    const registrant: Registrant = {
      id,
      email: email.toLowerCase(),
      status: meeting.settings.approval_type === 0 || autoApprove ? 'approved' : 'pending',
      create_time: formatTime(now()),
      participant_pin_code: createNumber(id, 100_000, 900_000),
      occurrence_ids: occurrences,
      fields,
    }
    meeting.registrants.push(registrant)
    effect('inviteParticipant', String(meeting.id), { registrant: id, email, by: 'registrants' })
    publishRegistration('created', meeting, registrant)
    return registrant
  }

  function forWriting(c: ZoomContext): Meeting {
    const meeting = getMeetingInPath(service, c)
    const host = hostOf(service, meeting)
    if (host.type !== 2) throw new ZoomError(400, 200, `Only available for paid users: ${host.id}.`)
    if (!takesRegistrations(meeting)) throw closed(404, meeting)
    return meeting
  }

  const list = 'meeting:read:list_registrants(:admin) meeting:read(:admin)'
  route('GET', '/meetings/:meetingId/registrants', 'Medium', list, (c) => {
    const meeting = getMeetingInPath(service, c)
    hostOf(service, meeting)
    if (!takesRegistrations(meeting)) throw closed(400, meeting)
    const { status = 'approved', occurrence_id } = c.req.query()
    if (!['approved', 'pending', 'denied'].includes(status)) throw invalidFields('status')
    const registrants = meeting.registrants
      .filter((registrant) => registrant.status === status)
      .filter(({ occurrence_ids: ids }) => !occurrence_id || ids.length === 0 || ids.includes(occurrence_id))
      // The list is sorted by ID, not by the time of registration.
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const numbered = switches.registrantsByNumber
    const defaults = { status: 'approved' }
    const { items, envelope } = pager.page(c, registrants, { keyOf: (registrant) => registrant.id, numbered, defaults })
    return c.json({ ...envelope, registrants: items.map((registrant) => view(registrant, meeting, c)) })
  })

  const add = `meeting:write:registrant(:admin) ${write}`
  route('POST', '/meetings/:meetingId/registrants', 'Light', add, async (c) => {
    const ref = c.req.param('meetingId') ?? ''
    const storedMeeting = world.meetings.get(Number(ref))
    if (!storedMeeting || storedMeeting.deleted) throw new ZoomError(404, 1001, noMeeting(ref).message)
    const meeting = forWriting(c)
    const { auto_approve = false, ...person } = parseBody(single, await readJson(c))
    const wanted = (c.req.query('occurrence_ids') ?? '').split(',').filter(Boolean)
    const { id, participant_pin_code, status, ...registrant } = register(meeting, person, auto_approve, wanted)
    const occurrences = meeting.occurrences?.filter(
      ({ occurrence_id }) => wanted.length === 0 || wanted.includes(occurrence_id),
    )
    const approved = status === 'approved'
    return c.json(
      {
        id: meeting.id,
        registrant_id: id,
        topic: meeting.topic,
        ...(meeting.start === null ? {} : { start_time: formatTime(meeting.start) }),
        ...(approved ? { join_url: personalUrl({ id, participant_pin_code, status, ...registrant }, meeting, c) } : {}),
        ...(occurrences ? { occurrences } : {}),
        participant_pin_code,
      },
      201,
    )
  })

  const addMany = `meeting:write:batch_registrants(:admin) ${write}`
  route('POST', '/meetings/:meetingId/batch_registrants', 'Heavy', addMany, async (c) => {
    const meeting = forWriting(c)
    if (meeting.type !== 2)
      throw new ZoomError(400, 303, 'This API can only be used for scheduled meeting(meeting type: 2).')
    const { registrants, auto_approve = false } = parseBody(batch, await readJson(c))
    const added = registrants.map((person) => register(meeting, person, auto_approve, []))
    const responses = added.map((registrant) => ({
      email: registrant.email,
      registrant_id: registrant.id,
      join_url: registrant.status === 'approved' ? personalUrl(registrant, meeting, c) : undefined,
      participant_pin_code: registrant.participant_pin_code,
    }))
    return c.json({ registrants: responses }, 201)
  })

  const update = `meeting:update:registrant_status(:admin) ${write}`
  route('PUT', '/meetings/:meetingId/registrants/status', 'Medium', update, async (c) => {
    const meeting = forWriting(c)
    const { action, registrants = [] } = await readJson(c)
    const becomes = { approve: 'approved', cancel: 'denied', deny: 'denied' } as const
    if (typeof action !== 'string' || !Object.hasOwn(becomes, action)) throw invalidFields('action')
    if (!Array.isArray(registrants) || registrants.length > 30) throw invalidFields('registrants')
    // An unknown registrant is ignored, and so is a body without `registrants`.
    for (const { id, email } of registrants as { id?: string; email?: string }[]) {
      const registrant = meeting.registrants.find((candidate) =>
        id ? candidate.id === id : candidate.email === email?.toLowerCase(),
      )
      if (!registrant) continue
      rate.daily(
        `status:${registrant.id}`,
        10,
        'Update Registrant Status API requests permitted for this particular registrant',
      )
      registrant.status = becomes[action as keyof typeof becomes]
      const kind = action === 'approve' ? 'approveParticipant' : 'removeParticipant'
      effect(kind, String(meeting.id), { registrant: registrant.id, email: registrant.email, action })
      const events = { approve: 'approved', cancel: 'cancelled', deny: 'denied' }
      publishRegistration(events[action as keyof typeof events], meeting, registrant)
    }
    return c.body(null, 204)
  })

  function pathRegistrant(meeting: Meeting, c: ZoomContext): Registrant {
    const id = c.req.param('registrantId')
    const registrant = meeting.registrants.find((registrant) => registrant.id === id)
    if (registrant) return registrant
    const message =
      'The value that you entered for the Registrant ID field is invalid. Enter a valid value and try again.'
    throw new ZoomError(400, 300, message)
  }

  const get = 'meeting:read:registrant(:admin) meeting:read(:admin)'
  route('GET', '/meetings/:meetingId/registrants/:registrantId', 'Light', get, (c) => {
    const meeting = getMeetingInPath(service, c)
    return c.json(view(pathRegistrant(meeting, c), meeting, c))
  })

  const remove = `meeting:delete:registrant(:admin) ${write}`
  route('DELETE', '/meetings/:meetingId/registrants/:registrantId', 'Light', remove, (c) => {
    const meeting = forWriting(c)
    const registrant = pathRegistrant(meeting, c)
    meeting.registrants.splice(meeting.registrants.indexOf(registrant), 1)
    effect('removeParticipant', String(meeting.id), { registrant: registrant.id, email: registrant.email })
    publishRegistration('cancelled', meeting, registrant)
    return c.body(null, 204)
  })
}
