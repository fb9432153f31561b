import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { Conference } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { createEmptyList } from '../kit/list.ts'
import { nullIfNotFound, rejectUnsupportedInputs } from '../kit/problems.ts'
import { readWorkspace } from './conference.ts'
import { createWorkspace } from './create-conference.ts'
import { findCreated } from './find-created.ts'
import { toWorkspaceChanges } from './input.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'

/** @throws `NOT_FOUND` if the workspace was deleted. */
function readExisting(raw: unknown): Conference {
  const workspace = readWorkspace(raw)
  if (!workspace) throw new Problem('NOT_FOUND', 'The workspace was deleted.')
  return workspace.conference
}

type ConferenceResource = Required<
  Pick<
    Vendor,
    'conferences' | 'polledEvents' | 'getConference' | 'createConference' | 'findCreated' | 'updateConference'
  >
>

/**
 * Workspaces, the conferences of this vendor: `GET /workspaces`, `GET /workspaces/{id}`, and
 * `POST /workspaces/{id}/updateDetails`. They have no schedule and no state.
 */
export function createConferenceResource(edge: EdgeApi): ConferenceResource {
  const workspaces = createLinkedList(edge, path`/workspaces`, readWorkspace, 'conferences')
  const all = { ...workspaces, parseItem: (item: unknown) => readWorkspace(item)?.conference ?? null }

  async function fetchWorkspace(id: string, call: CallContext): Promise<Conference> {
    const subject = { kind: 'conferences', conferenceId: id } as const
    return edge.client.read(path`/workspaces/${id}`, { schema: readExisting, subject }, call)
  }

  return {
    // Workspaces have no tag, owner, schedule, or state.
    conferences: ({ tag, ownerId, startsFrom, startsBefore, state }) =>
      tag || ownerId || startsFrom || startsBefore || (state && !state.includes('UNKNOWN')) ? createEmptyList() : all,

    // The vendor's lists have no other field that a conference reports.
    polledEvents: { types: ['CHANGED', 'CREATED', 'DELETED'], comparedFields: ['title'] },

    getConference: (id, call) => nullIfNotFound(() => fetchWorkspace(id, call)),

    async createConference(input, call) {
      const { id, details, problems } = await createWorkspace(edge, input, call)
      const conference = await fetchWorkspace(id, call).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
        // The workspace was created even if it cannot be read. The sent fields describe it.
        return readWorkspace({ id, details })!.conference
      })
      return { conference, problems }
    },

    findCreated: (input, _sentAt, call) => findCreated(edge, input, call),

    async updateConference(id, { title, vendorOptions, ...others }, call) {
      rejectUnsupportedInputs('iMeet Central', others, 'only the title and vendorOptions.customFields can be changed')
      const json = toWorkspaceChanges(title, vendorOptions)
      await edge.client.write('POST', path`/workspaces/${id}/updateDetails`, { json, text: true }, call)
      return { conference: await fetchWorkspace(id, call), problems: [] }
    },
  }
}
