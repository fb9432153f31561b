import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Invitee, Vendor } from '../vendor.ts'
import type { TrueConfConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { getParticipantId, readParticipant } from './participant.ts'
import { listLiveParticipants, createParticipantList } from './participants.ts'
import { withInputPath, createInputProblem, createUnsupportedInputProblem } from '../kit/problems.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { toLocalId } from './user-id.ts'
import { findInviteeId, findUserId, type Users } from './users.ts'

type Invitations = Required<Pick<Vendor, 'inviteParticipant' | 'findInvited' | 'removeParticipant'>>

/** People come into a stopped conference by invitation, into a running one by being called. */
export function createInvitationResource(client: VendorClient, users: Users): Invitations {
  return {
    async inviteParticipant(conferenceId, invitee, call) {
      validateRole(invitee)
      const id = await findInviteeId(invitee.user, ['invitee', 'user', 'email'], users, call)
      const conference = await getConference(client, conferenceId, call)
      const inviting = conference.state === 'RUNNING' ? callInvitee : addInvitation
      return inviting(client, conference, id, invitee, call)
    },

    async findInvited(conferenceId, { user }, call) {
      const id = await findUserId(user, users, call)
      if (id === null) return null
      const conference = await getConference(client, conferenceId, call)
      const wanted = toLocalId(id, conference.domain).toLowerCase()
      const list = createParticipantList(client, conferenceId)
      const found = await findItem(list, ({ vendorId }) => vendorId.toLowerCase() === wanted, call)
      if (found) return found
      // Who is being rung and has not answered yet is shown nowhere.
      return conference.state === 'RUNNING' ? 'ambiguous' : null
    },

    async removeParticipant(conferenceId, participantId, call) {
      const conference = await getConference(client, conferenceId, call)
      const live = await listLiveParticipants(client, conference, call)
      if (live.some((person) => getParticipantId(person) === participantId))
        throw createUnsupportedInputProblem(
          ['participantId'],
          'TrueConf has no call that takes someone out of a running conference; end the conference instead.',
        )
      await client.write('DELETE', path`/conferences/${conferenceId}/invitations/${participantId}`, {}, call)
    },
  }
}

function validateRole({ role }: Invitee): void {
  if (role === null || role === 'ATTENDEE') return
  if (role === 'UNKNOWN') throw createInputProblem(['invitee', 'role'], 'must be ATTENDEE or left out')
  throw createUnsupportedInputProblem(
    ['invitee', 'role'],
    'TrueConf gives an invited person no role; name the owner when the conference is made.',
  )
}

/** Calls someone into a running conference. */
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
      'TrueConf calls a person into a running conference under the name that its user has; leave displayName out.',
    )
  const shape = z.object({ participant: z.unknown() })
  const options = { json: { participant_id: id }, schema: shape }
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

/** Puts someone on the list of the invited. */
async function addInvitation(
  client: VendorClient,
  conference: TrueConfConference,
  id: string,
  { displayName }: Invitee,
  call: CallContext,
) {
  const shape = z.object({ invitation: z.unknown() })
  const options = { json: { id, ...(displayName === null ? {} : { display_name: displayName }) }, schema: shape }
  const { invitation } = await client
    .write('POST', path`/conferences/${conference.vendorId}/invitations`, options, call)
    .catch(rethrowAsInviteeProblem)
  return readParticipant({ conference, domain: conference.domain, live: null, invitation })
}

/** Of what is sent to invite someone, all but the name is who it is. */
function rethrowAsInviteeProblem(error: unknown): never {
  const unnamed = error instanceof Problem && error.vendorStatus === 400 && error.path === null
  throw unnamed ? withInputPath(error, ['invitee', 'user']) : error
}
