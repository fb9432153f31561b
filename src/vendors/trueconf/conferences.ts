import { z } from 'zod'
import { number } from '../kit/lenient.ts'
import { omitUnset } from '../kit/omit-unset.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, ConferenceChanges, ConferenceFilter, ConferenceState, Vendor } from '../vendor.ts'
import { readConferenceResponse, readConference, type TrueConfConference } from './conference.ts'
import { optionByInput } from './fields.ts'
import { toChangesBody } from './input.ts'
import { createConferenceLists } from './lists.ts'
import { toOptionProblem, nullIfNotFound } from '../kit/problems.ts'

/** The conference as it is. Throws NOT_FOUND. */
export async function getConference(client: VendorClient, id: string, call: CallContext): Promise<TrueConfConference> {
  return client.read(path`/conferences/${id}`, { schema: readConferenceResponse }, call)
}

const unchangedText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)
const UnchangedFields = z.object({
  topic: unchangedText,
  description: unchangedText,
  type: number,
  vad_selector: number,
})

/** The four fields that the vendor wants with every update, as they stand; what it does not tell is not made up. */
function getUnchangedFields({ mode }: ConferenceChanges, { ownerId, raw }: Conference): Record<string, unknown> {
  const { topic, description, type, vad_selector } = UnchangedFields.parse(raw)
  return omitUnset({ topic, description, owner: ownerId, ...(mode === undefined ? { type, vad_selector } : {}) })
}

/** The vendor tells what runs from what does not, and no more. */
function toStateQuery(states: readonly ConferenceState[] | undefined): 'running' | 'stopped' | undefined {
  if (!states?.length || states.includes('UNKNOWN')) return undefined
  if (!states.includes('RUNNING')) return 'stopped'
  return states.every((state) => state === 'RUNNING') ? 'running' : undefined
}

type ConferenceResource = Required<
  Pick<
    Vendor,
    'conferences' | 'getConference' | 'updateConference' | 'deleteConference' | 'runConference' | 'endConference'
  >
>

/** `/conferences`: rooms, meetings with a date, weekly meetings. */
export function createConferenceResource(client: VendorClient): ConferenceResource {
  const list = createConferenceLists(client)
  return {
    // An empty tag would be no filter to the vendor.
    conferences: ({ tag, state }: ConferenceFilter) =>
      list({ tag: tag || undefined, state: toStateQuery(state) }, readConference),

    getConference: (id, call) => nullIfNotFound(getConference(client, id, call)),

    async updateConference(id, changes, call) {
      const changed = toChangesBody(changes)
      const json = { ...getUnchangedFields(changes, await getConference(client, id, call)), ...changed }
      const options = { json, schema: readConferenceResponse }
      const conference = await client.write('PUT', path`/conferences/${id}`, options, call).catch((error: unknown) => {
        throw toOptionProblem(error, optionByInput)
      })
      return { conference, problems: [] }
    },

    deleteConference: (id, call) => client.write('DELETE', path`/conferences/${id}`, {}, call),

    async runConference(id, call) {
      await client.write('POST', path`/conferences/${id}/run`, {}, call)
      return { conference: await getConference(client, id, call), startUrl: null, startUrlExpiresAt: null }
    },

    async endConference(id, call) {
      await client.write('POST', path`/conferences/${id}/stop`, {}, call)
      return getConference(client, id, call)
    },
  }
}
