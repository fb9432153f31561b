import { z } from 'zod'
import { number, requireId, toCount, toFlag, toObject, toText, toWebAddress, type Unread } from '../kit/lenient.ts'
import { toShortList } from '../kit/short-list.ts'
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
import { withoutCredentials } from '../kit/credentials.ts'
import { optionByInput } from './fields.ts'
import { changesBody } from './input.ts'
import { conferenceLists } from './lists.ts'
import { atOption, nullIfGone } from '../kit/problems.ts'
import { isRoom, readSchedule, stateOf } from './schedule.ts'
import { idOf, localId, toInstant } from './shapes.ts'

type ConferenceItem = Unread<
  | 'topic'
  | 'description'
  | 'owner'
  | 'type'
  | 'vad_selector'
  | 'schedule'
  | 'state'
  | 'max_participants'
  | 'allow_guests'
  | 'tags'
  | 'url'
  | 'created_at'
>

/** A conference over what TrueConf sent of it. Fields are read when they are asked for. */
export class TrueConfConference implements Conference {
  readonly vendorId: string
  readonly #item: ConferenceItem

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(raw: unknown) {
    this.vendorId = requireId(idOf(raw))
    this.#item = raw as ConferenceItem
  }

  get kind() {
    const schedule = toObject<'type'>(this.#item.schedule)
    return schedule === null ? 'UNKNOWN' : isRoom(schedule) ? 'ROOM' : 'MEETING'
  }
  get title() {
    return toText(this.#item.topic) ?? ''
  }
  get description() {
    return toText(this.#item.description)
  }
  get mode() {
    return modeOf(toText(this.#item.type), toFlag(this.#item.vad_selector))
  }
  get state() {
    return stateOf(toText(this.#item.state), this.schedule)
  }
  get schedule() {
    return readSchedule(toObject(this.#item.schedule), this.createdAt)
  }
  get ownerId() {
    const owner = toText(this.#item.owner)
    return owner && localId(owner, domainOf(owner))
  }
  get maxParticipants() {
    return toCount(this.#item.max_participants)
  }
  get allowGuests() {
    return toFlag(this.#item.allow_guests)
  }
  get tags() {
    return toShortList(this.#item.tags, toText) ?? []
  }
  get joinUrl() {
    return toWebAddress(this.#item.url)
  }
  get createdAt() {
    return toInstant(this.#item.created_at)
  }
  get raw() {
    return withoutCredentials(this.#item)
  }

  /** The server's domain, which need not be the host it is reached at: only its own users own conferences. */
  get domain() {
    const owner = toText(this.#item.owner)
    return owner && domainOf(owner)
  }
}

export const readConference = (raw: unknown): TrueConfConference => new TrueConfConference(raw)

/** Reads a response that has a conference in it. */
export const readAnswer = (body: unknown): TrueConfConference =>
  readConference(toObject<'conference'>(body)?.conference)

function modeOf(type: string | null, selectsSpeakers: boolean | null): ConferenceMode | null {
  if (type === '3') return selectsSpeakers ? 'SMART_MEETING' : 'MODERATED'
  return type === '0' ? 'ALL_ON_SCREEN' : type === '1' ? 'VIDEO_LECTURE' : null
}

/** A domain has at most 253 characters. */
const domainOf = (uid: string): string | null => /@([^@]+)$/.exec(uid.slice(-254))?.[1] ?? null

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
