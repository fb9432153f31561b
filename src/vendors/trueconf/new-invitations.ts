import type { CallContext } from '../../upstream/call-context.ts'
import type { Problem } from '../../core/errors.ts'
import type { NewConference } from '../vendor.ts'
import { createInputProblem, mapInOrder } from '../kit/problems.ts'
import { findInviteeId, type Users } from './users.ts'

/** As the vendor takes it: a user's ID, and the name to show instead of the user's own. */
type Invitation = Readonly<Record<string, unknown>> & { readonly id: string }

/** Whom a new conference invites, and the list of the input that names them. A Problem stands for one who cannot be. */
export interface PlannedInvitations {
  path: readonly string[]
  invitations: readonly (Invitation | Problem)[]
}

const invitationsPath = ['vendorOptions', 'invitations']
/** As many as `invite` takes. If the server rejects one, each is sent alone. */
const maxInvitations = 250

/** Invitations with display names, which `invite` has no field for. @throws BAD_USER_INPUT */
export function readInvitations({ vendorOptions, invite }: NewConference): Invitation[] | null {
  const given = vendorOptions?.['invitations'] ?? null
  if (given === null) return null
  if (invite.length > 0)
    throw createInputProblem(invitationsPath, 'cannot be combined with "invite". Name everyone in one of the two')
  if (Array.isArray(given) && given.length <= maxInvitations && given.every(isInvitation)) return given
  throw createInputProblem(
    invitationsPath,
    `must be a list of at most ${maxInvitations} objects, each with the text "id" of a user`,
  )
}

const isInvitation = (item: unknown): item is Invitation =>
  typeof item === 'object' && item !== null && typeof (item as { id?: unknown }).id === 'string'

/** Looks up those who are named by email address. */
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
