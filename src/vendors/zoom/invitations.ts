import { createHash } from 'node:crypto'
import { z } from 'zod'
import { text, webUrl } from '../kit/lenient.ts'
import { shortList } from '../kit/short-list.ts'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Invitee, Participant, User, Vendor } from '../vendor.ts'
import { createInvitedParticipant } from '../kit/invited-participant.ts'
import { readMeetingBy } from './meetings.ts'
import { isRegistrant } from './participant.ts'
import { createRegistrantList } from './participants.ts'
import { createInputProblem, nullIfNotFound, createUnsupportedInputProblem } from '../kit/problems.ts'
import { findByEmail } from '../kit/iterate-pages.ts'
import { validateUserReference, toMeetingPathValue } from './path-values.ts'
import { readUserBy } from './users.ts'

const maxNameLength = 64

/** A name of Zoom's own that is longer than Zoom accepts, without half a character at its end. */
const cutName = (name: string | null | undefined): string | null =>
  name?.slice(0, maxNameLength).replace(/[\uD800-\uDBFF]$/, '') ?? null

/** An invitee whose user is looked up once, and only where he is needed. */
interface InviteeRecord {
  displayName: string | null
  /** Of the reference, where it is one. */
  email: string | null
  /** Null: nobody of this account. */
  fetchUser(): Promise<User | null>
}

function createInviteeRecord(
  client: VendorClient,
  { user: reference, displayName, role }: Invitee,
  call: CallContext,
): InviteeRecord {
  if (role !== null && role !== 'ATTENDEE')
    throw createUnsupportedInputProblem(
      ['invitee', 'role'],
      'Zoom invites attendees only; name alternative hosts in vendorOptions of updateConference, settings.alternative_hosts.',
    )
  if (
    displayName !== null &&
    (displayName.trim() === '' || displayName.length > maxNameLength || /\p{Cc}/u.test(displayName))
  )
    throw createInputProblem(
      ['invitee', 'displayName'],
      `must have 1 to ${maxNameLength} characters, no control characters`,
    )
  const ref = validateUserReference(reference, ['invitee', 'user'])
  let looking: Promise<User | null> | undefined
  return {
    displayName,
    email: ref.includes('@') ? ref : null,
    fetchUser: () => (looking ??= fetchInvitedUser(client, ref, call)),
  }
}

async function fetchInvitedUser(client: VendorClient, ref: string, call: CallContext): Promise<User | null> {
  const user = await nullIfNotFound(readUserBy(client, ref, call))
  if (user || ref.includes('@')) return user
  throw new Problem('NOT_FOUND', 'Zoom has no such user.', { path: ['input', 'invitee', 'user'], delivery: 'rejected' })
}

const createNameRequiredProblem = (): Problem =>
  createInputProblem(
    ['invitee', 'displayName'],
    'must be given: the person is no user of this account, and Zoom wants a name',
  )

async function getInviteeEmail(person: InviteeRecord): Promise<string> {
  const email = person.email ?? (await person.fetchUser())?.email
  if (email) return email
  throw createInputProblem(
    ['invitee', 'user'],
    'must be someone with an e-mail address: this meeting takes registrations',
  )
}

const RegistrantResponse = z.looseObject({ registrant_id: text.refine((id) => id !== null), join_url: webUrl })

/** Zoom sends registrants their link by e-mail. */
async function registerInvitee(
  client: VendorClient,
  conferenceId: string,
  person: InviteeRecord,
  call: CallContext,
): Promise<Participant> {
  const email = await getInviteeEmail(person)
  const user = person.displayName === null ? await person.fetchUser() : null
  const first_name = person.displayName ?? cutName(user?.givenName ?? user?.displayName)
  if (!first_name) throw createNameRequiredProblem()
  const last_name = user?.givenName ? cutName(user.familyName) : null
  const json = { email, first_name, ...(last_name ? { last_name } : {}) }
  // Counted by Zoom per registrant and day; the name of a limit goes where addresses do not.
  const registrant = createHash('sha256').update(email.toLowerCase()).digest('base64url')
  const options = {
    json,
    schema: RegistrantResponse,
    rateLimit: `register ${conferenceId} ${registrant}`,
    lockKey: `meeting ${conferenceId}`,
  }
  const answer = await client.write(
    'POST',
    path`/meetings/${toMeetingPathValue(conferenceId)}/registrants`,
    options,
    call,
  )
  return createInvitedParticipant({
    vendorId: answer.registrant_id!,
    conferenceId,
    raw: answer,
    displayName: [first_name, last_name].filter(Boolean).join(' '),
    email,
    status: 'REGISTERED',
    joinUrl: answer.join_url,
  })
}

/** Rings a user of the account, who sees who calls in his Zoom client. */
async function callInvitee(
  client: VendorClient,
  conferenceId: string,
  user: User,
  call: CallContext,
): Promise<Participant> {
  const json = { method: 'participant.invite', params: { contacts: [{ id: user.vendorId }] } }
  const target = path`/live_meetings/${toMeetingPathValue(conferenceId)}/events`
  await client.write('PATCH', target, { json, rateLimit: 'medium', lockKey: `meeting ${conferenceId}` }, call)
  const { vendorId, displayName, email, raw } = user
  const id = `user:${vendorId}`
  return createInvitedParticipant({ vendorId: id, conferenceId, userId: vendorId, displayName, email, raw })
}

const InviteLinksResponse = z
  .looseObject({ attendees: shortList(z.looseObject({ join_url: webUrl })) })
  .refine(({ attendees }) => attendees?.length, { path: ['attendees'] })

/** Makes a link of the person's own, which Zoom sends to nobody. */
async function createInviteLink(
  client: VendorClient,
  conferenceId: string,
  person: InviteeRecord,
  call: CallContext,
): Promise<Participant> {
  const user = person.displayName === null ? await person.fetchUser() : null
  const name = person.displayName ?? cutName(user?.displayName)
  if (!name) throw createNameRequiredProblem()
  // Without a ttl the link ends after two hours, which may be before the meeting; 0 is without an end.
  const json = { attendees: [{ name }], ttl: 0 }
  const options = { json, schema: InviteLinksResponse, rateLimit: 'light', lockKey: `meeting ${conferenceId}` }
  const answer = await client.write(
    'POST',
    path`/meetings/${toMeetingPathValue(conferenceId)}/invite_links`,
    options,
    call,
  )
  const attendee = answer.attendees![0]!
  const digest = createHash('sha256')
    .update(attendee.join_url ?? name)
    .digest('base64url')
    .slice(0, 22)
  return createInvitedParticipant({
    vendorId: `link:${digest}`,
    conferenceId,
    userId: user?.vendorId ?? null,
    displayName: name,
    email: person.email ?? user?.email ?? null,
    joinUrl: attendee.join_url,
    raw: attendee,
  })
}

/** Three ways in: registration where the meeting asks for it, a ring for users while it runs, else a personal link. */
export function createInvitationResource(
  client: VendorClient,
): Required<Pick<Vendor, 'inviteParticipant' | 'findInvited' | 'removeParticipant'>> {
  return {
    async inviteParticipant(conferenceId, invitee, call) {
      const person = createInviteeRecord(client, invitee, call)
      call.forgetReads()
      const { conference, requiresRegistration: takesRegistrations } = await readMeetingBy(client, conferenceId, call)
      if (takesRegistrations) return registerInvitee(client, conferenceId, person, call)
      // A ring has no place for a name.
      const user = conference.state === 'RUNNING' && person.displayName === null ? await person.fetchUser() : null
      return user ? callInvitee(client, conferenceId, user, call) : createInviteLink(client, conferenceId, person, call)
    },

    async findInvited(conferenceId, invitee, call) {
      call.forgetReads()
      const { requiresRegistration: takesRegistrations } = await readMeetingBy(client, conferenceId, call)
      // Zoom lists neither links nor rings.
      if (!takesRegistrations) return 'ambiguous'
      const email = await getInviteeEmail(createInviteeRecord(client, invitee, call))
      for (const status of ['approved', 'pending'] as const) {
        const found = await findByEmail(createRegistrantList(client, conferenceId, status), email, call)
        if (found) return found
      }
      return null
    },

    async removeParticipant(conferenceId, participantId, call) {
      if (!isRegistrant(participantId))
        throw createUnsupportedInputProblem(
          ['participantId'],
          'Zoom removes registrants only; the host can remove others in the meeting itself.',
        )
      const target = path`/meetings/${toMeetingPathValue(conferenceId)}/registrants/${participantId}`
      await client.write('DELETE', target, { rateLimit: 'light', lockKey: `meeting ${conferenceId}` }, call)
    },
  }
}
