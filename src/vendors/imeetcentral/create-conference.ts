import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import { path } from '../../upstream/path.ts'
import type { NewConference } from '../vendor.ts'
import { problemsOfInvited, refuse, settle } from '../problems.ts'
import { findItem } from '../iterate-pages.ts'
import { checkedDescription, checkedTitle, withOptions } from './input.ts'
import { addToRole, findRole, findUser } from './participants.ts'
import { type Edge, linkedList } from './lists.ts'
import { text } from '../lenient.ts'
import { bareId, itemOf, readItem } from './shapes.ts'

const GroupItem = itemOf({ workspaceGroupName: text })
const defaultGroup = 'Not Grouped'

/**
 * Makes a workspace in the default group under the natural key as its short name, as the vendor's sample does, and
 * adds the invitees, who are looked up before. Gives the workspace's id, what was sent of it, and whom it could not add.
 */
export async function createWorkspace(edge: Edge, input: NewConference, call: Call) {
  const json = workspaceOf(input)
  const groupId = await defaultGroupId(edge, call)
  const invitees = await settle(input.invite, async (reference) => ({
    roleId: await findRole(edge, null, call),
    user: await findUser(edge, reference, call),
  }))

  const created = { json, text: true, shape: bareId } as const
  const id = await edge.client.send('POST', path`/workspaceGroups/${groupId}/workspaces`, created, call)
  const added = await settle(invitees, async (invitee) => {
    if (invitee instanceof Problem) throw invitee.harmless()
    await addToRole(edge, id, invitee.roleId, invitee.user, call)
  })
  return { id, details: json, problems: problemsOfInvited(added) }
}

function workspaceOf(input: NewConference): Record<string, unknown> {
  const { owner, mode, schedule, maxParticipants, allowGuests, autoInvite, passcode, tags } = input
  refuse(
    'iMeet Central',
    { owner, mode, schedule, maxParticipants, allowGuests, autoInvite, passcode, tags },
    'A workspace has a title and a description and belongs to the user as whom the client key acts',
  )
  const set = {
    workspaceName: checkedTitle(input.title),
    urlShortName: input.naturalKey,
    description: checkedDescription(input.description ?? ''),
  }
  return { workspaceType: 'pm', ...withOptions(input.vendorOptions, set) }
}

async function defaultGroupId(edge: Edge, call: Call): Promise<string> {
  const groups = linkedList(edge, path`/workspaceGroups`, (raw) => readItem(GroupItem, raw))
  const group = await findItem(groups, ({ item }) => item.details?.workspaceGroupName === defaultGroup, call)
  if (group) return group.id
  throw new Problem(
    'VENDOR_REJECTED',
    `iMeet Central shows no workspace group "${defaultGroup}", in which workspaces are made; give the user as whom the client key acts the right to see it.`,
    { evidence: 'refused' },
  )
}
