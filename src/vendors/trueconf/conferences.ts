import { z } from 'zod'
import { number, toObject } from '../kit/lenient.ts'
import { omitUnset } from '../kit/omit-unset.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import type { ConferenceChanges, ConferenceFilter } from '../vendor-inputs.ts'
import type { Conference, ConferenceState } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { isRunning, readConferenceResponse, readConference, type TrueConfConference } from './conference.ts'
import { optionByInput } from './fields.ts'
import { toChangesBody } from './input.ts'
import type { JoinHosts } from './join-hosts.ts'
import { createConferenceLists } from './lists.ts'
import { toOptionProblem, nullIfNotFound } from '../kit/problems.ts'

/** Fetches a conference (`GET /conferences/{conference_id}`). @throws `NOT_FOUND` */
export async function getConference(client: VendorClient, id: string, call: CallContext): Promise<TrueConfConference> {
  const subject: ReadSubject = {
    kind: 'conferences',
    conferenceId: id,
    reportsRunning: (body) => isRunning(toObject<'conference'>(body)?.conference),
  }
  return client.read(path`/conferences/${id}`, { schema: readConferenceResponse, subject }, call)
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

/** Returns the current values of the fields that TrueConf requires in every update. Omits those it does not report. */
function getUnchangedFields({ mode }: ConferenceChanges, { ownerId, raw }: Conference): Record<string, unknown> {
  const { topic, description, type, vad_selector } = UnchangedFields.parse(raw)
  return omitUnset({ topic, description, owner: ownerId, ...(mode === undefined ? { type, vad_selector } : {}) })
}

/** Returns the filter `state`. TrueConf distinguishes only running and stopped conferences. */
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

/**
 * Conferences: `GET /conferences`, and `GET`, `PUT`, and `DELETE /conferences/{conference_id}`,
 * `POST /conferences/{conference_id}/run`, and `POST /conferences/{conference_id}/stop`.
 */
export function createConferenceResource(client: VendorClient, joinHosts: JoinHosts): ConferenceResource {
  const list = createConferenceLists(client, joinHosts)
  return {
    // TrueConf ignores an empty tag.
    conferences: ({ tag, state }: ConferenceFilter) =>
      list({ tag: tag || undefined, state: toStateQuery(state) }, readConference),

    getConference: (id, call) => nullIfNotFound(() => getConference(client, id, call)),

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
