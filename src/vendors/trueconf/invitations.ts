import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Invitee, Vendor } from '../vendor.ts'
import type { TrueConfConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { personId, readPerson } from './participant.ts'
import { livePeople, participantList } from './participants.ts'
import { at, badInput, unsupported } from '../kit/problems.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { toLocalId } from './user-id.ts'
import { idOfInvitee, idOfUser, type Users } from './users.ts'

type Invitations = Required<Pick<Vendor, 'inviteParticipant' | 'findInvited' | 'removeParticipant'>>

/** People come into a stopped conference by invitation, into a running one by being called. */
export function invitations(client: Client, users: Users): Invitations {
  return {
    async inviteParticipant(conferenceId, invitee, call) {
      checkRole(invitee)
      const id = await idOfInvitee(invitee.user, ['invitee', 'user', 'email'], users, call)
      const conference = await getConference(client, conferenceId, call)
      const inviting = conference.state === 'RUNNING' ? ring : plan
      return inviting(client, conference, id, invitee, call)
    },

    async findInvited(conferenceId, { user }, call) {
      const id = await idOfUser(user, users, call)
      if (id === null) return null
      const conference = await getConference(client, conferenceId, call)
      const wanted = toLocalId(id, conference.domain).toLowerCase()
      const list = participantList(client, conferenceId)
      const found = await findItem(list, ({ vendorId }) => vendorId.toLowerCase() === wanted, call)
      if (found) return found
      // Who is being rung and has not answered yet is shown nowhere.
      return conference.state === 'RUNNING' ? 'ambiguous' : null
    },

    async removeParticipant(conferenceId, participantId, call) {
      const conference = await getConference(client, conferenceId, call)
      const live = await livePeople(client, conference, call)
      if (live.some((person) => personId(person) === participantId))
        throw unsupported(
          ['participantId'],
          'TrueConf has no call that takes someone out of a running conference; end the conference instead.',
        )
      await client.send('DELETE', path`/conferences/${conferenceId}/invitations/${participantId}`, {}, call)
    },
  }
}

function checkRole({ role }: Invitee): void {
  if (role === null || role === 'ATTENDEE') return
  if (role === 'UNKNOWN') throw badInput(['invitee', 'role'], 'must be ATTENDEE or left out')
  throw unsupported(
    ['invitee', 'role'],
    'TrueConf gives an invited person no role; name the owner when the conference is made.',
  )
}

/** Calls someone into a running conference. */
async function ring(client: Client, conference: TrueConfConference, id: string, { displayName }: Invitee, call: Call) {
  if (displayName !== null)
    throw unsupported(
      ['invitee', 'displayName'],
      'TrueConf calls a person into a running conference under the name that its user has; leave displayName out.',
    )
  const shape = z.object({ participant: z.unknown() })
  const options = { json: { participant_id: id }, shape }
  const { participant } = await client
    .send('POST', path`/conferences/${conference.vendorId}/participants`, options, call)
    .catch(blame)
  return readPerson({ conference, domain: conference.domain, live: participant ?? {}, invitation: null, isRung: true })
}

/** Puts someone on the list of the invited. */
async function plan(client: Client, conference: TrueConfConference, id: string, { displayName }: Invitee, call: Call) {
  const shape = z.object({ invitation: z.unknown() })
  const options = { json: { id, ...(displayName === null ? {} : { display_name: displayName }) }, shape }
  const { invitation } = await client
    .send('POST', path`/conferences/${conference.vendorId}/invitations`, options, call)
    .catch(blame)
  return readPerson({ conference, domain: conference.domain, live: null, invitation })
}

/** Of what is sent to invite someone, all but the name is who it is. */
function blame(error: unknown): never {
  const unnamed = error instanceof Problem && error.vendorStatus === 400 && error.path === null
  throw unnamed ? at(error, ['invitee', 'user']) : error
}
