import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import { asItIs } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, Vendor } from '../vendor.ts'
import { refuse } from '../kit/problems.ts'
import { createWorkspace, findWorkspace } from './create-conference.ts'
import { chosenShortName, workspaceChanges } from './input.ts'
import { type Edge, emptyList, linkedList } from './lists.ts'
import { readWorkspace } from './workspace.ts'

type Conferences = Required<
  Pick<Vendor, 'conferences' | 'getConference' | 'createConference' | 'findCreated' | 'updateConference'>
>

/** Workspaces, the place where this vendor's people meet: `/v1/workspaces`. They have no time and no live state. */
export function conferences(edge: Edge): Conferences {
  const workspaces = linkedList(edge, path`/workspaces`, readWorkspace)
  const all = { ...workspaces, read: (item: unknown) => readWorkspace(item)?.conference ?? null }

  async function read(id: string, call: Call): Promise<Conference> {
    const raw = await edge.client.get(path`/workspaces/${id}`, { shape: asItIs }, call)
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

    async findCreated({ naturalKey, title, vendorOptions }, _sentAt, call) {
      const chosen = chosenShortName(vendorOptions)
      const found = await findWorkspace(edge, chosen ?? naturalKey, call)
      // The name was free before the workspace was sent; whoever was faster since has another title.
      return found && (chosen === null || found.title.trim() === title.trim()) ? found : null
    },

    async updateConference(id, { title, vendorOptions, ...others }, call) {
      refuse(
        'iMeet Central',
        others,
        'An iMeet Central workspace can be given another title and vendorOptions.customFields',
      )
      const json = workspaceChanges(title, vendorOptions)
      await edge.client.send('POST', path`/workspaces/${id}/updateDetails`, { json, text: true }, call)
      return { conference: await read(id, call), problems: [] }
    },
  }
}
