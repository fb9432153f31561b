import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Invitee } from '../vendor-inputs.ts'
import type { Vendor } from '../vendor.ts'
import type { TrueConfConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { getParticipantId, readParticipant } from './participant.ts'
import { listLiveParticipants, createParticipantList } from './participants.ts'
import { withInputPath, createInputProblem, createUnsupportedInputProblem } from '../kit/problems.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { toLocalId } from './user-id.ts'
import { findInviteeId, findUserId, type Users } from './users.ts'

type Invitations = Required<Pick<Vendor, 'inviteParticipant' | 'findInvited' | 'removeParticipant'>>

/**
 * Invitations: `POST /conferences/{conference_id}/invitations` adds one to a stopped conference,
 * `POST /conferences/{conference_id}/participants` calls the invitee into a running one, and
 * `DELETE /conferences/{conference_id}/invitations/{id}` removes one.
 */
export function createInvitationResource(client: VendorClient, users: Users): Invitations {
  return {
    async inviteParticipant(conferenceId, invitee, call) {
      validateRole(invitee)
      const id = await findInviteeId(invitee.user, ['invitee', 'user', 'email'], users, call)
      const conference = await getConference(client, conferenceId, call)
      const invite = conference.state === 'RUNNING' ? callInvitee : addInvitation
      return invite(client, conference, id, invitee, call)
    },

    async findInvited(conferenceId, { user }, call) {
      const id = await findUserId(user, users, call)
      if (id === null) return null
      const conference = await getConference(client, conferenceId, call)
      const wanted = toLocalId(id, conference.domain).toLowerCase()
      const list = createParticipantList(client, conferenceId)
      const participant = await findItem(list, ({ vendorId }) => vendorId.toLowerCase() === wanted, call)
      if (participant) return participant
      // TrueConf does not list an invitee who is being called and has not joined.
      return conference.state === 'RUNNING' ? 'ambiguous' : null
    },

    async removeParticipant(conferenceId, participantId, call) {
      const conference = await getConference(client, conferenceId, call)
      const live = await listLiveParticipants(client, conference, call)
      if (live.some((participant) => getParticipantId(participant) === participantId))
        throw createUnsupportedInputProblem(
          ['participantId'],
          'TrueConf cannot remove a participant from a running conference. End the conference instead.',
        )
      await client.write('DELETE', path`/conferences/${conferenceId}/invitations/${participantId}`, {}, call)
    },
  }
}

function validateRole({ role }: Invitee): void {
  if (role === null || role === 'ATTENDEE') return
  if (role === 'UNKNOWN') throw createInputProblem(['invitee', 'role'], 'must be ATTENDEE or omitted')
  throw createUnsupportedInputProblem(
    ['invitee', 'role'],
    '"input.invitee.role" is not supported by TrueConf: invitees are attendees. Omit it, and set the owner when you create the conference.',
  )
}

/** Calls an invitee into a running conference (`POST /conferences/{conference_id}/participants`). */
async function callInvitee(
  client: VendorClient,
  conference: TrueConfConference,
  id: string,
  { displayName }: Invitee,
  call: CallContext,
) {
  if (displayName !== null)
    throw createUnsupportedInputProblem(
      ['invitee', 'displayName'],
      '"input.invitee.displayName" is not supported by TrueConf in a running conference: invitees have the names of their users. Omit it.',
    )
  const schema = z.object({ participant: z.unknown() })
  const options = { json: { participant_id: id }, schema: schema }
  const { participant } = await client
    .write('POST', path`/conferences/${conference.vendorId}/participants`, options, call)
    .catch(rethrowAsInviteeProblem)
  return readParticipant({
    conference,
    domain: conference.domain,
    live: participant ?? {},
    invitation: null,
    isCalled: true,
  })
}

/** Adds an invitation to a conference (`POST /conferences/{conference_id}/invitations`). */
async function addInvitation(
  client: VendorClient,
  conference: TrueConfConference,
  id: string,
  { displayName }: Invitee,
  call: CallContext,
) {
  const schema = z.object({ invitation: z.unknown() })
  const options = { json: { id, ...(displayName === null ? {} : { display_name: displayName }) }, schema: schema }
  const { invitation } = await client
    .write('POST', path`/conferences/${conference.vendorId}/invitations`, options, call)
    .catch(rethrowAsInviteeProblem)
  return readParticipant({ conference, domain: conference.domain, live: null, invitation })
}

/** Adds the path of the invitee to a 400 that names no input. Only the name of the invitee has an input of its own. */
function rethrowAsInviteeProblem(error: unknown): never {
  const isWithoutPath = error instanceof Problem && error.vendorStatus === 400 && error.path === null
  throw isWithoutPath ? withInputPath(error, ['invitee', 'user']) : error
}
