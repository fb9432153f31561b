import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { NewConference } from '../vendor-inputs.ts'
import { createInUseProblem, listInvitationProblems, mapInOrder } from '../kit/problems.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { findWorkspace } from './find-created.ts'
import { getChosenShortName, shortNamePath, toWorkspaceBody } from './input.ts'
import { addToRole, findRole, findUser } from './invitations.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'
import { toText } from '../kit/lenient.ts'
import { bareId, readItem } from './item.ts'

const defaultGroup = 'Not Grouped'

/**
 * Creates a workspace in the default group (`POST /workspaceGroups/{id}/workspaces`) and adds the invitees to it. The short
 * name is the one that the caller chose, or `clientAssignedId`. A chosen name is searched before the creation, because the
 * vendor does not document whether two workspaces can have the same one.
 *
 * @returns The workspace's ID, the sent fields, and the problems of the invitees.
 */
export async function createWorkspace(edge: EdgeApi, input: NewConference, call: CallContext) {
  const json = toWorkspaceBody(input)
  const chosen = getChosenShortName(input.vendorOptions)
  if (chosen !== null && (await findWorkspace(edge, chosen, call))) throw createInUseProblem(shortNamePath)
  const groupId = await findDefaultGroupId(edge, call)
  const invitees = await mapInOrder(input.invite, async (reference) => ({
    roleId: await findRole(edge, null, call),
    user: await findUser(edge, reference, call),
  }))

  const created = { json, text: true, schema: bareId } as const
  const id = await edge.client
    .write('POST', path`/workspaceGroups/${groupId}/workspaces`, created, call)
    .catch((error: unknown) => {
      const isInUse = chosen !== null && error instanceof Problem && error.code === 'VENDOR_CONFLICT'
      throw isInUse ? createInUseProblem(shortNamePath, error) : error
    })
  const added = await mapInOrder(invitees, async (invitee) => {
    if (invitee instanceof Problem) throw invitee.markWithoutEffect()
    await addToRole(edge, id, invitee.roleId, invitee.user, call)
  })
  return { id, details: json, problems: listInvitationProblems(added) }
}

async function findDefaultGroupId(edge: EdgeApi, call: CallContext): Promise<string> {
  const groups = createLinkedList(edge, path`/workspaceGroups`, readItem<'workspaceGroupName'>)
  const group = await findItem(groups, ({ details }) => toText(details.workspaceGroupName) === defaultGroup, call)
  if (group) return group.id
  throw new Problem(
    'VENDOR_REJECTED',
    `The workspace group "${defaultGroup}" was not found at iMeet Central, or the user of the client key does not have access to it. Grant the access.`,
    { delivery: 'rejected' },
  )
}
