import { z } from 'zod'
import { count, flag, number, text, webAddress } from '../lenient.ts'
import { shortList } from '../short-list.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type {
  Conference,
  ConferenceChanges,
  ConferenceFilter,
  ConferenceMode,
  ConferenceState,
  Vendor,
} from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { optionByInput } from './fields.ts'
import { changesBody } from './input.ts'
import { conferenceLists } from './lists.ts'
import { atOption, nullIfGone } from '../problems.ts'
import { readSchedule, ScheduleItem, stateOf } from './schedule.ts'
import { instant, localId, readItem } from './shapes.ts'

const ConferenceItem = z.object({
  topic: text,
  description: text,
  owner: text,
  type: text,
  vad_selector: flag,
  schedule: ScheduleItem,
  state: text,
  max_participants: count,
  allow_guests: flag,
  tags: shortList(text),
  url: webAddress,
  created_at: instant,
})
export const ConferenceAnswer = z.object({ conference: z.unknown() })

export function readConference(raw: unknown): Conference {
  const { id, item } = readItem(ConferenceItem, raw)
  const schedule = readSchedule(item.schedule ?? null, item.created_at)
  return {
    vendorId: id,
    kind: schedule?.kind === 'permanent' ? 'ROOM' : item.schedule ? 'MEETING' : 'UNKNOWN',
    title: item.topic ?? '',
    description: item.description,
    mode: modeOf(item.type, item.vad_selector),
    state: stateOf(item.state, schedule),
    schedule,
    ownerId: item.owner && localId(item.owner, domainOf(item.owner)),
    maxParticipants: item.max_participants,
    allowGuests: item.allow_guests,
    tags: (item.tags ?? []).filter((tag) => tag !== null),
    joinUrl: item.url,
    createdAt: item.created_at,
    get raw() {
      return withoutCredentials(raw)
    },
  }
}

function modeOf(type: string | null, selectsSpeakers: boolean | null): ConferenceMode | null {
  if (type === '3') return selectsSpeakers ? 'SMART_MEETING' : 'MODERATED'
  return type === '0' ? 'ALL_ON_SCREEN' : type === '1' ? 'VIDEO_LECTURE' : null
}

/** A domain has at most 253 characters. */
const domainOf = (uid: string): string | null => /@([^@]+)$/.exec(uid.slice(-254))?.[1] ?? null

/** The server's domain, which need not be the host it is reached at: only its own users own conferences. */
export function ownDomain({ raw }: Conference): string | null {
  const owner = z.object({ owner: text }).safeParse(raw).data?.owner
  return owner ? domainOf(owner) : null
}

/** The conference as it is. Throws NOT_FOUND. */
export async function getConference(client: Client, id: string, call: Call): Promise<Conference> {
  return readConference((await client.get(path`/conferences/${id}`, { shape: ConferenceAnswer }, call)).conference)
}

const kept = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null)
const Kept = z.object({ topic: kept, description: kept, type: number, vad_selector: number })

/** The four fields that the vendor wants with every update, as they stand; what it does not tell is not made up. */
function keptBy({ mode }: ConferenceChanges, { ownerId, raw }: Conference): Record<string, unknown> {
  const { topic, description, type, vad_selector } = Kept.parse(raw)
  const fields = { topic, description, owner: ownerId, ...(mode === undefined ? { type, vad_selector } : {}) }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
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
      const options = { json, shape: ConferenceAnswer }
      const answer = await client.send('PUT', path`/conferences/${id}`, options, call).catch((error: unknown) => {
        throw atOption(error, optionByInput)
      })
      return { conference: readConference(answer.conference), problems: [] }
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
