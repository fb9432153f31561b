import type { CallContext } from '../../upstream/call-context.ts'
import type { Problem } from '../../core/errors.ts'
import type { NewConference } from '../vendor-inputs.ts'
import { createInputProblem, mapInOrder } from '../kit/problems.ts'
import { findInviteeId, type Users } from './users.ts'

/** An invitation in TrueConf's format: the ID of a user, and optionally a display name. */
type Invitation = Readonly<Record<string, unknown>> & { readonly id: string }

/** Invitations of a new conference. */
export interface PlannedInvitations {
  /** Path of the list in the input, without `input`. */
  path: readonly string[]
  /** A problem replaces the invitation of a user who cannot be invited. */
  invitations: readonly (Invitation | Problem)[]
}

const invitationsPath = ['vendorOptions', 'invitations']
/** Maximum number of invitations, as for `invite`. If the server rejects one, each is sent alone. */
const maxInvitations = 250

/** Reads `vendorOptions.invitations`, which can contain display names. Null if it is omitted. @throws `BAD_USER_INPUT` */
export function readInvitations({ vendorOptions, invite }: NewConference): Invitation[] | null {
  const invitations = vendorOptions?.['invitations'] ?? null
  if (invitations === null) return null
  if (invite.length > 0)
    throw createInputProblem(invitationsPath, 'cannot be combined with "input.invite". Use one of them')
  if (Array.isArray(invitations) && invitations.length <= maxInvitations && invitations.every(isInvitation))
    return invitations
  throw createInputProblem(
    invitationsPath,
    `must be a list of at most ${maxInvitations} objects, each with the string "id" of a user`,
  )
}

const isInvitation = (item: unknown): item is Invitation =>
  typeof item === 'object' && item !== null && typeof (item as { id?: unknown }).id === 'string'

/** Determines the invitations of a new conference. Finds the users that are referenced by email address. */
export async function planInvitations(
  input: NewConference,
  users: Users,
  call: CallContext,
): Promise<PlannedInvitations> {
  const named = readInvitations(input)
  if (named) return { path: invitationsPath, invitations: named }
  const invite = (user: NewConference['invite'][number]) => findInviteeId(user, ['invite'], users, call)
  const invitations = await mapInOrder(input.invite, async (user) => ({ id: await invite(user) }))
  return { path: ['invite'], invitations }
}
