import { z } from 'zod'
import { number } from '../kit/lenient.ts'
import { omitUnset } from '../kit/omit-unset.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, ConferenceChanges, ConferenceFilter, ConferenceState, Vendor } from '../vendor.ts'
import { readAnswer, readConference, type TrueConfConference } from './conference.ts'
import { optionByInput } from './fields.ts'
import { changesBody } from './input.ts'
import { conferenceLists } from './lists.ts'
import { atOption, nullIfGone } from '../kit/problems.ts'

/** The conference as it is. Throws NOT_FOUND. */
export async function getConference(client: Client, id: string, call: Call): Promise<TrueConfConference> {
  return client.get(path`/conferences/${id}`, { shape: readAnswer }, call)
}

const kept = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)
const Kept = z.object({ topic: kept, description: kept, type: number, vad_selector: number })

/** The four fields that the vendor wants with every update, as they stand; what it does not tell is not made up. */
function keptBy({ mode }: ConferenceChanges, { ownerId, raw }: Conference): Record<string, unknown> {
  const { topic, description, type, vad_selector } = Kept.parse(raw)
  return omitUnset({ topic, description, owner: ownerId, ...(mode === undefined ? { type, vad_selector } : {}) })
}

/** The vendor tells what runs from what does not, and no more. */
function stateFilter(states: readonly ConferenceState[] | undefined): 'running' | 'stopped' | undefined {
  if (!states?.length || states.includes('UNKNOWN')) return undefined
  if (!states.includes('RUNNING')) return 'stopped'
  return states.every((state) => state === 'RUNNING') ? 'running' : undefined
}

type Conferences = Required<
  Pick<
    Vendor,
    'conferences' | 'getConference' | 'updateConference' | 'deleteConference' | 'runConference' | 'endConference'
  >
>

/** `/conferences`: rooms, meetings with a date, weekly meetings. */
export function conferences(client: Client): Conferences {
  const list = conferenceLists(client)
  return {
    // An empty tag would be no filter to the vendor.
    conferences: ({ tag, state }: ConferenceFilter) =>
      list({ tag: tag || undefined, state: stateFilter(state) }, readConference),

    getConference: (id, call) => nullIfGone(getConference(client, id, call)),

    async updateConference(id, changes, call) {
      const changed = changesBody(changes)
      const json = { ...keptBy(changes, await getConference(client, id, call)), ...changed }
      const options = { json, shape: readAnswer }
      const conference = await client.send('PUT', path`/conferences/${id}`, options, call).catch((error: unknown) => {
        throw atOption(error, optionByInput)
      })
      return { conference, problems: [] }
    },

    deleteConference: (id, call) => client.send('DELETE', path`/conferences/${id}`, {}, call),

    async runConference(id, call) {
      await client.send('POST', path`/conferences/${id}/run`, {}, call)
      return { conference: await getConference(client, id, call), startUrl: null, startUrlExpiresAt: null }
    },

    async endConference(id, call) {
      await client.send('POST', path`/conferences/${id}/stop`, {}, call)
      return getConference(client, id, call)
    },
  }
}
