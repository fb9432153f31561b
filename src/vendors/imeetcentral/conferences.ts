import { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, Vendor } from '../vendor.ts'
import { type Edge, emptyList, find, linkedList } from './lists.ts'
import { itemOf, readItem, text, withoutCredentials } from './shapes.ts'

const WorkspaceItem = itemOf({ workspaceName: text, urlShortName: text, description: text })

/** A workspace as a conference; null for a deleted one, which stays in the vendor's lists under another short name. */
export function readWorkspace(raw: unknown): (Conference & { shortName: string | null }) | null {
  const { id, item } = readItem(WorkspaceItem, raw)
  const { workspaceName, urlShortName = null, description } = item.details ?? {}
  if (urlShortName?.startsWith('deleted')) return null
  return {
    vendorId: id,
    shortName: urlShortName,
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
    raw: withoutCredentials(raw),
  }
}
