import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import { asItIs } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, Vendor } from '../vendor.ts'
import { createEmptyList } from '../kit/list.ts'
import { nullIfGone, refuse } from '../kit/problems.ts'
import { readWorkspace } from './conference.ts'
import { createWorkspace } from './create-conference.ts'
import { findCreated } from './find-created.ts'
import { workspaceChanges } from './input.ts'
import { type Edge, linkedList } from './lists.ts'

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
      tag || ownerId || startsFrom || startsBefore || (state && !state.includes('UNKNOWN')) ? createEmptyList() : all,

    getConference: (id, call) => nullIfGone(read(id, call)),

    async createConference(input, call) {
      const { id, details, problems } = await createWorkspace(edge, input, call)
      const conference = await read(id, call).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
        // It was made, whatever became of reading it: it is what was sent.
        return readWorkspace({ id, details })!.conference
      })
      return { conference, problems }
    },

    findCreated: (input, _sentAt, call) => findCreated(edge, input, call),

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
