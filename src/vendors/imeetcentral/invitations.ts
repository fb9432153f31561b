import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { ParticipantRole, User, UserReference } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { createInvitedParticipant } from '../kit/invited-participant.ts'
import { createNotFoundProblem, rejectUnsupportedInputs } from '../kit/problems.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'
import { toText } from '../kit/lenient.ts'
import { readItem } from './item.ts'
import { createUserResource } from './users.ts'

const ownerTitle = /owner/i
const moderatorTitle = /admin|manager|moderator|owner|lead/i

/**
 * Finds the workspace role for a participant role, and returns its ID (`GET /roles`). Every company defines its roles, so
 * only titles identify them: an owner's contains "owner"; a moderator's contains "admin", "manager", "moderator", "owner",
 * or "lead"; an attendee's contains none of these.
 */
export async function findRole(edge: EdgeApi, role: ParticipantRole | null, call: CallContext): Promise<string> {
  const roles = createLinkedList(edge, path`/roles`, readItem<'title'>)
  const matchesRole = (title: string): boolean =>
    role === 'OWNER' ? ownerTitle.test(title) : moderatorTitle.test(title) === (role === 'MODERATOR')
  const workspaceRole = await findItem(roles, ({ details }) => matchesRole(toText(details.title) ?? ''), call)
  if (workspaceRole) return workspaceRole.id
  throw createUnsupportedInviteeProblem(
    'iMeet Central does not support this role: no workspace role of the company has a matching title. Use another role.',
    'role',
  )
}

/** Finds a user of the company. @throws `NOT_FOUND` for an unknown ID, `UNSUPPORTED_BY_VENDOR` for an unknown email address. */
export async function findUser(edge: EdgeApi, { vendorId, email }: UserReference, call: CallContext): Promise<User> {
  const { getUser, findUserByEmail } = createUserResource(edge)
  const user = vendorId === null ? await findUserByEmail(email ?? '', call) : await getUser(vendorId, call)
  if (user) return user
  if (vendorId !== null) throw createNotFoundProblem('user', getInviteePath('user'))
  throw createUnsupportedInviteeProblem(
    'iMeet Central cannot invite people who are not users of the company. Invite them in its web interface instead.',
    'user',
  )
}

const getInviteePath = (field: string): string[] => ['input', 'invitee', field]

const createUnsupportedInviteeProblem = (message: string, field: string): Problem =>
  new Problem('UNSUPPORTED_BY_VENDOR', message, { path: getInviteePath(field), delivery: 'rejected' })

/** Adds a user to a role (`POST /workspaces/{id}/roles/{roleId}/addUsers`). Has no effect if the user has the role. */
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

/** Invitations to a workspace. The API cannot list or remove its members. */
export function createInvitationResource(edge: EdgeApi): Required<Pick<Vendor, 'inviteParticipant'>> {
  return {
    async inviteParticipant(conferenceId, { user: reference, displayName, role }, call) {
      rejectUnsupportedInputs('iMeet Central', { displayName }, 'invitees have the names of their users', ['invitee'])
      if (role === 'UNKNOWN')
        throw new Problem('BAD_USER_INPUT', '"input.invitee.role" must be OWNER, MODERATOR, or ATTENDEE.', {
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
