import { createHash } from 'node:crypto'
import { z } from 'zod'
import { text, webUrl } from '../kit/lenient.ts'
import { shortList } from '../kit/short-list.ts'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Invitee } from '../vendor-inputs.ts'
import type { Participant, User } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { createInvitedParticipant } from '../kit/invited-participant.ts'
import { readMeetingBy } from './meetings.ts'
import { isRegistrant } from './participant.ts'
import { createRegistrantList } from './participants.ts'
import {
  createInputProblem,
  createNotFoundProblem,
  createUnsupportedInputProblem,
  nullIfNotFound,
} from '../kit/problems.ts'
import { findByEmail } from '../kit/iterate-pages.ts'
import { validateUserReference, toMeetingPathValue } from './path-values.ts'
import { readUserBy } from './users.ts'

const maxNameLength = 64

/** Shortens a user's name to Zoom's maximum for invitees, without splitting a surrogate pair. */
const cutName = (name: string | null | undefined): string | null =>
  name?.slice(0, maxNameLength).replace(/[\uD800-\uDBFF]$/, '') ?? null

/** An invitee. Their user is fetched at most once, and only if needed. */
interface InviteeRecord {
  displayName: string | null
  /** Email address of the reference. Null if the reference is an ID. */
  email: string | null
  /** Resolves to null if the email address belongs to no user of the account. */
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
      '"input.invitee.role" is not supported by Zoom: invitees are attendees. Set settings.alternative_hosts in vendorOptions of updateConference.',
    )
  if (
    displayName !== null &&
    (displayName.trim() === '' || displayName.length > maxNameLength || /\p{Cc}/u.test(displayName))
  )
    throw createInputProblem(
      ['invitee', 'displayName'],
      `must have 1 to ${maxNameLength} characters and no control characters`,
    )
  const ref = validateUserReference(reference, ['invitee', 'user'])
  let lookup: Promise<User | null> | undefined
  return {
    displayName,
    email: ref.includes('@') ? ref : null,
    fetchUser: () => (lookup ??= fetchInvitedUser(client, ref, call)),
  }
}

async function fetchInvitedUser(client: VendorClient, ref: string, call: CallContext): Promise<User | null> {
  const user = await nullIfNotFound(() => readUserBy(client, ref, call))
  if (user || ref.includes('@')) return user
  throw createNotFoundProblem('user', ['input', 'invitee', 'user'])
}

const createNameRequiredProblem = (): Problem =>
  createInputProblem(['invitee', 'displayName'], 'is required, because the invitee is not a user of this account')

async function getInviteeEmail(invitee: InviteeRecord): Promise<string> {
  const email = invitee.email ?? (await invitee.fetchUser())?.email
  if (email) return email
  throw createInputProblem(['invitee', 'user'], 'must have an email address, because the meeting requires registration')
}

const RegistrantResponse = z.looseObject({ registrant_id: text.refine((id) => id !== null), join_url: webUrl })

/** Registers an invitee (`POST /meetings/{meetingId}/registrants`). Zoom sends them their join URL by email. */
async function registerInvitee(
  client: VendorClient,
  conferenceId: string,
  invitee: InviteeRecord,
  call: CallContext,
): Promise<Participant> {
  const email = await getInviteeEmail(invitee)
  const user = invitee.displayName === null ? await invitee.fetchUser() : null
  const first_name = invitee.displayName ?? cutName(user?.givenName ?? user?.displayName)
  if (!first_name) throw createNameRequiredProblem()
  const last_name = user?.givenName ? cutName(user.familyName) : null
  const json = { email, first_name, ...(last_name ? { last_name } : {}) }
  // Zoom counts registrations per registrant and day. The hash keeps the email address out of the shared state.
  const registrant = createHash('sha256').update(email.toLowerCase()).digest('base64url')
  const options = {
    json,
    schema: RegistrantResponse,
    rateLimit: `register ${conferenceId} ${registrant}`,
    lockKey: `meeting ${conferenceId}`,
  }
  const response = await client.write(
    'POST',
    path`/meetings/${toMeetingPathValue(conferenceId)}/registrants`,
    options,
    call,
  )
  return createInvitedParticipant({
    vendorId: response.registrant_id!,
    conferenceId,
    raw: response,
    displayName: [first_name, last_name].filter(Boolean).join(' '),
    email,
    status: 'REGISTERED',
    joinUrl: response.join_url,
  })
}

/** Calls a user of the account into a running meeting (`PATCH /live_meetings/{meetingId}/events`). */
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

/** Creates a personal join URL (`POST /meetings/{meetingId}/invite_links`), which Zoom does not send. */
async function createInviteLink(
  client: VendorClient,
  conferenceId: string,
  invitee: InviteeRecord,
  call: CallContext,
): Promise<Participant> {
  const user = invitee.displayName === null ? await invitee.fetchUser() : null
  const name = invitee.displayName ?? cutName(user?.displayName)
  if (!name) throw createNameRequiredProblem()
  // The default TTL is 2 hours, which can end before the meeting. 0 means no end.
  const json = { attendees: [{ name }], ttl: 0 }
  const options = { json, schema: InviteLinksResponse, rateLimit: 'light', lockKey: `meeting ${conferenceId}` }
  const response = await client.write(
    'POST',
    path`/meetings/${toMeetingPathValue(conferenceId)}/invite_links`,
    options,
    call,
  )
  const attendee = response.attendees![0]!
  const digest = createHash('sha256')
    .update(attendee.join_url ?? name)
    .digest('base64url')
    .slice(0, 22)
  return createInvitedParticipant({
    vendorId: `link:${digest}`,
    conferenceId,
    userId: user?.vendorId ?? null,
    displayName: name,
    email: invitee.email ?? user?.email ?? null,
    joinUrl: attendee.join_url,
    raw: attendee,
  })
}

/**
 * Invitations: registers the invitee if the meeting requires it; calls a user into a running meeting; otherwise creates a
 * personal join URL. `DELETE /meetings/{meetingId}/registrants/{registrantId}` removes a registrant.
 */
export function createInvitationResource(
  client: VendorClient,
): Required<Pick<Vendor, 'inviteParticipant' | 'findInvited' | 'removeParticipant'>> {
  return {
    async inviteParticipant(conferenceId, invitee, call) {
      const record = createInviteeRecord(client, invitee, call)
      call.forgetReads()
      const { conference, requiresRegistration: takesRegistrations } = await readMeetingBy(client, conferenceId, call)
      if (takesRegistrations) return registerInvitee(client, conferenceId, record, call)
      // A call cannot set a display name.
      const user = conference.state === 'RUNNING' && record.displayName === null ? await record.fetchUser() : null
      return user ? callInvitee(client, conferenceId, user, call) : createInviteLink(client, conferenceId, record, call)
    },

    async findInvited(conferenceId, invitee, call) {
      call.forgetReads()
      const { requiresRegistration: takesRegistrations } = await readMeetingBy(client, conferenceId, call)
      // Zoom lists neither personal join URLs nor calls.
      if (!takesRegistrations) return 'ambiguous'
      const email = await getInviteeEmail(createInviteeRecord(client, invitee, call))
      for (const status of ['approved', 'pending'] as const) {
        const participant = await findByEmail(createRegistrantList(client, conferenceId, status), email, call)
        if (participant) return participant
      }
      return null
    },

    async removeParticipant(conferenceId, participantId, call) {
      if (!isRegistrant(participantId))
        throw createUnsupportedInputProblem(
          ['participantId'],
          'Zoom can remove only registrants. The host can remove other participants in the meeting.',
        )
      const target = path`/meetings/${toMeetingPathValue(conferenceId)}/registrants/${participantId}`
      await client.write('DELETE', target, { rateLimit: 'light', lockKey: `meeting ${conferenceId}` }, call)
    },
  }
}
