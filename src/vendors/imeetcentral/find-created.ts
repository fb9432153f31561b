import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import { findItem } from '../kit/iterate-pages.ts'
import type { NewConference } from '../vendor-inputs.ts'
import type { Conference } from '../vendor-objects.ts'
import { readWorkspace, type Workspace } from './conference.ts'
import { getChosenShortName } from './input.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'

/** Finds the workspace with a short name, ignoring case, by a scan of all workspaces (`GET /workspaces`). */
export async function findWorkspace(edge: EdgeApi, shortName: string, call: CallContext): Promise<Conference | null> {
  const workspaces = createLinkedList(edge, path`/workspaces`, readWorkspace)
  const isNamed = (workspace: Workspace) => workspace.shortName?.toLowerCase() === shortName.toLowerCase()
  return (await findItem(workspaces, isNamed, call))?.conference ?? null
}

/** Finds the workspace that an earlier attempt created from the input. Null if there is none. */
export async function findCreated(
  edge: EdgeApi,
  { clientAssignedId, title, vendorOptions }: NewConference,
  call: CallContext,
): Promise<Conference | null> {
  const chosen = getChosenShortName(vendorOptions)
  const workspace = await findWorkspace(edge, chosen ?? clientAssignedId, call)
  // A chosen name was free before the request. If another caller has used it since, that workspace has another title.
  return workspace && (chosen === null || workspace.title.trim() === title.trim()) ? workspace : null
}
