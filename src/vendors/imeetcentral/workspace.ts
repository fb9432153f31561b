import type { Conference } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { text } from '../lenient.ts'
import { itemOf, readItem } from './shapes.ts'

const WorkspaceItem = itemOf({ workspaceName: text, urlShortName: text, description: text })

export interface Workspace {
  shortName: string | null
  conference: Conference
}

/** The short name of a deleted workspace begins so. */
export const deletedPrefix = 'deleted'

/** A workspace as a conference; null for a deleted one, which stays in the vendor's lists under another short name. */
export function readWorkspace(raw: unknown): Workspace | null {
  const { id, item } = readItem(WorkspaceItem, raw)
  const { workspaceName, urlShortName = null, description } = item.details ?? {}
  if (urlShortName?.startsWith(deletedPrefix)) return null
  const conference: Conference = {
    vendorId: id,
    kind: 'WORKSPACE',
    title: workspaceName ?? '',
    description: description ?? null,
    mode: null,
    state: 'UNKNOWN',
    schedule: null,
    ownerId: null,
    maxParticipants: null,
    allowGuests: null,
    tags: [],
    joinUrl: null,
    createdAt: null,
    get raw() {
      return withoutCredentials(raw)
    },
  }
  return { shortName: urlShortName, conference }
}
