import { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { refuse } from '../problems.ts'
import { findItem } from '../iterate-pages.ts'
import { createWorkspace } from './create-conference.ts'
import { checkedTitle, withOptions } from './input.ts'
import { type Edge, emptyList, linkedList } from './lists.ts'
import { text } from '../lenient.ts'
import { itemOf, readItem } from './shapes.ts'

const WorkspaceItem = itemOf({ workspaceName: text, urlShortName: text, description: text })

interface Workspace {
  shortName: string | null
  conference: Conference
}

/** A workspace as a conference; null for a deleted one, which stays in the vendor's lists under another short name. */
function readWorkspace(raw: unknown): Workspace | null {
  const { id, item } = readItem(WorkspaceItem, raw)
  const { workspaceName, urlShortName = null, description } = item.details ?? {}
  if (urlShortName?.startsWith('deleted')) return null
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

type Conferences = Required<
  Pick<Vendor, 'conferences' | 'getConference' | 'createConference' | 'findCreated' | 'updateConference'>
>

/** Workspaces, the place where this vendor's people meet: `/v1/workspaces`. They have no time and no live state. */
export function conferences(edge: Edge): Conferences {
  const workspaces = linkedList(edge, path`/workspaces`, readWorkspace)
  const all = { ...workspaces, read: (item: unknown) => readWorkspace(item)?.conference ?? null }

  async function read(id: string, call: Call): Promise<Conference> {
    const raw = await edge.client.get(path`/workspaces/${id}`, { shape: z.unknown() }, call)
    const workspace = readWorkspace(raw)
    if (!workspace) throw new Problem('NOT_FOUND', 'The workspace is deleted.')
    return workspace.conference
  }

  return {
    // No workspace has a tag, an owner, a time or a known state.
    conferences: ({ tag, ownerId, startsFrom, startsBefore, state }) =>
      tag || ownerId || startsFrom || startsBefore || (state && !state.includes('UNKNOWN')) ? emptyList() : all,

    getConference: (id, call) =>
      read(id, call).catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'NOT_FOUND') return null
        throw error
      }),

    async createConference(input, call) {
      const { id, details, problems } = await createWorkspace(edge, input, call)
      const conference = await read(id, call).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
        // It was made, whatever became of reading it: it is what was sent.
        return readWorkspace({ id, details })!.conference
      })
      return { conference, problems }
    },

    async findCreated({ naturalKey }, _sentAt, call) {
      const found = await findItem(workspaces, ({ shortName }) => shortName?.toLowerCase() === naturalKey, call)
      return found && found.conference
    },

    async updateConference(id, { title, vendorOptions, ...others }, call) {
      refuse(
        'iMeet Central',
        others,
        'An iMeet Central workspace can be given another title and vendorOptions.customFields',
      )
      const set = title === undefined ? {} : { workspaceName: checkedTitle(title) }
      const json = withOptions(vendorOptions, set)
      await edge.client.send('POST', path`/workspaces/${id}/updateDetails`, { json, text: true }, call)
      return { conference: await read(id, call), problems: [] }
    },
  }
}
