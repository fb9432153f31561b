import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import { findItem } from '../kit/iterate-pages.ts'
import type { Conference, NewConference } from '../vendor.ts'
import { readWorkspace, type Workspace } from './conference.ts'
import { getChosenShortName } from './input.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'

/** The workspace with a short name, which is looked for in the list of all; upper and lower case are the same. */
export async function findWorkspace(edge: EdgeApi, shortName: string, call: CallContext): Promise<Conference | null> {
  const workspaces = createLinkedList(edge, path`/workspaces`, readWorkspace)
  const isNamed = (workspace: Workspace) => workspace.shortName?.toLowerCase() === shortName.toLowerCase()
  return (await findItem(workspaces, isNamed, call))?.conference ?? null
}

/** Returns the workspace that an earlier attempt created of `input`. Null if there is none. */
export async function findCreated(
  edge: EdgeApi,
  { naturalKey, title, vendorOptions }: NewConference,
  call: CallContext,
): Promise<Conference | null> {
  const chosen = getChosenShortName(vendorOptions)
  const found = await findWorkspace(edge, chosen ?? naturalKey, call)
  // A chosen name was free before the workspace was sent. A workspace of another caller that took it since has another title.
  return found && (chosen === null || found.title.trim() === title.trim()) ? found : null
}
