import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { ParticipantRole, User, UserReference, Vendor } from '../vendor.ts'
import { createInvitedParticipant } from '../kit/invited-participant.ts'
import { rejectUnsupportedInputs } from '../kit/problems.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'
import { toText } from '../kit/lenient.ts'
import { readItem } from './item.ts'
import { createUserResource } from './users.ts'

const ownerTitle = /owner/i
const moderatorTitle = /admin|manager|moderator|owner|lead/i

/**
 * The id of the workspace role for one of ours. Roles are the company's own and known by their titles only: an
 * owner's has "owner" in it, a moderator's one of "admin", "manager", "moderator", "owner" and "lead", an attendee's none.
 */
export async function findRole(edge: EdgeApi, role: ParticipantRole | null, call: CallContext): Promise<string> {
  const roles = createLinkedList(edge, path`/roles`, readItem<'title'>)
  const matchesRole = (title: string): boolean =>
    role === 'OWNER' ? ownerTitle.test(title) : moderatorTitle.test(title) === (role === 'MODERATOR')
  const found = await findItem(roles, ({ details }) => matchesRole(toText(details.title) ?? ''), call)
  if (found) return found.id
  throw createUnsupportedInviteeProblem(
    'No workspace role of this company is titled like this one; give another role.',
    'role',
  )
}

/** One of the company's users. Throws UNSUPPORTED_BY_VENDOR for outsiders, NOT_FOUND for unknown ids. */
export async function findUser(edge: EdgeApi, { vendorId, email }: UserReference, call: CallContext): Promise<User> {
  const { getUser, findUserByEmail } = createUserResource(edge)
  const user = vendorId === null ? await findUserByEmail(email ?? '', call) : await getUser(vendorId, call)
  if (user) return user
  if (vendorId !== null)
    throw new Problem('NOT_FOUND', 'The vendor has no such user.', {
      path: getInviteePath('user'),
      delivery: 'rejected',
    })
  throw createUnsupportedInviteeProblem(
    'iMeet Central takes its own users only, and none has this e-mail address; invite outsiders in its web interface.',
    'user',
  )
}

const getInviteePath = (field: string): string[] => ['input', 'invitee', field]

const createUnsupportedInviteeProblem = (message: string, field: string): Problem =>
  new Problem('UNSUPPORTED_BY_VENDOR', message, { path: getInviteePath(field), delivery: 'rejected' })

/** Adds a user to those who have a role in a workspace; twice is once. */
export function addToRole(
  edge: EdgeApi,
  workspaceId: string,
  roleId: string,
  user: User,
  call: CallContext,
): Promise<void> {
  const json = { userIds: [user.vendorId], clearExisting: false }
  return edge.client.write(
    'POST',
    path`/workspaces/${workspaceId}/roles/${roleId}/addUsers`,
    { json, text: true },
    call,
  )
}

/** Invitations into a workspace. Its members cannot be listed and not be removed. */
export function createInvitationResource(edge: EdgeApi): Required<Pick<Vendor, 'inviteParticipant'>> {
  return {
    async inviteParticipant(conferenceId, { user: reference, displayName, role }, call) {
      rejectUnsupportedInputs('iMeet Central', { displayName }, 'Its users are shown by their own names', ['invitee'])
      if (role === 'UNKNOWN')
        throw new Problem('BAD_USER_INPUT', 'role must be OWNER, MODERATOR or ATTENDEE.', {
          path: getInviteePath('role'),
          delivery: 'rejected',
        })
      const roleId = await findRole(edge, role, call)
      const user = await findUser(edge, reference, call)
      await addToRole(edge, conferenceId, roleId, user, call)
      const { vendorId, displayName: name, email, raw } = user
      const details = { userId: vendorId, displayName: name, email, role: role ?? 'ATTENDEE' }
      return createInvitedParticipant({ vendorId, conferenceId, ...details, status: 'REGISTERED', raw })
    },
  }
}
