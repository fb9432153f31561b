import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, List, Page, Participant } from '../vendor.ts'
import { withoutCredentials } from '../kit/credentials.ts'
import { getConference, type TrueConfConference } from './conferences.ts'
import { requireId, toFlag, toObject, toText, type Unread } from '../kit/lenient.ts'
import { requireItems, toList } from '../kit/short-list.ts'
import { idOf, localId, toInstant } from './shapes.ts'

type PersonItem = Unread<'display_name' | 'email' | 'type' | 'is_owner' | 'join_time'>

/** One person of a conference, who may be in it and invited at the same time. */
export interface Person {
  conference: Conference
  /** The server's own, null if it is not known. */
  domain: string | null
  /** As the vendor shows someone who is in it; null for those who are only invited. */
  live: unknown
  invitation: unknown
  /** Just called into it: `live` shows them before they have joined. */
  isRung?: true
}

/** The id without the server's own domain, so that one person has one. */
export function personId({ domain, live, invitation }: Person): string | null {
  const id = idOf(live ?? invitation)
  return id === null ? null : localId(id, domain)
}

/** One person over what TrueConf sent of them. Fields are read when they are asked for. */
class TrueConfParticipant implements Participant {
  readonly vendorId: string
  readonly #person: Person
  readonly #item: PersonItem

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(person: Person) {
    this.vendorId = requireId(personId(person))
    this.#person = person
    this.#item = (person.live ?? person.invitation) as PersonItem
  }

  get conferenceId() {
    return this.#person.conference.vendorId
  }
  get userId() {
    // Guests, rooms, telephones and other servers' users are named by address.
    return toText(this.#item.type) === 'custom' || /^#|@/.test(this.vendorId) ? null : this.vendorId
  }
  get displayName() {
    return toText(this.#item.display_name) ?? toText(this.#invitation?.display_name)
  }
  get email() {
    return toText(this.#item.email) ?? toText(this.#invitation?.email)
  }
  get role() {
    const isOwner = toFlag(this.#item.is_owner) ?? this.vendorId === this.#person.conference.ownerId
    return isOwner ? 'OWNER' : 'ATTENDEE'
  }
  get status() {
    const { live, isRung } = this.#person
    return live && !(isRung && this.joinedAt === null) ? 'JOINED' : 'INVITED'
  }
  get joinedAt() {
    return toInstant(this.#item.join_time)
  }
  get leftAt() {
    return null
  }
  get joinUrl() {
    return null
  }
  get raw() {
    return withoutCredentials(this.#item)
  }

  get #invitation(): PersonItem | null {
    return toObject(this.#person.invitation)
  }
}

export const readPerson = (person: Person): Participant => new TrueConfParticipant(person)

/** Who is in it: nobody while it does not run. */
export async function livePeople(client: Client, conference: TrueConfConference, call: Call): Promise<Person[]> {
  if (conference.state !== 'RUNNING') return []
  const participants = await client.get(
    path`/conferences/${conference.vendorId}/participants`,
    { shape: (body) => requireItems(body, 'participants') },
    call,
  )
  const { domain } = conference
  return participants.map((live) => ({ conference, domain, live: live ?? {}, invitation: null }))
}

/** Everyone, once: first who is in it, then who is invited and not in it. */
async function everyone(client: Client, id: string, call: Call): Promise<Page> {
  const conference = await getConference(client, id, call)
  const [live, { invitations, problem }] = await Promise.all([
    livePeople(client, conference, call),
    invitationsOf(client, conference, call),
  ])
  const { domain } = conference
  const people = new Map<unknown, Person>()
  const pacer = new Pacer()
  for (const person of live) {
    if (pacer.isDue) await pacer.pause()
    people.set(personId(person) ?? person, person)
  }
  for (const invitation of invitations) {
    if (pacer.isDue) await pacer.pause()
    const person: Person = { conference, domain, live: null, invitation }
    const key = personId(person) ?? person
    people.set(key, { ...person, live: people.get(key)?.live ?? null })
  }
  return { items: [...people.values()], next: null, previous: null, total: people.size, ...(problem && { problem }) }
}

/** The invitations; without the scope for them, those that the conference itself names, of which less is known. */
async function invitationsOf(client: Client, { vendorId, raw }: Conference, call: Call) {
  const read = (body: unknown) => requireItems(body, 'invitations')
  try {
    const invitations = await client.get(path`/conferences/${vendorId}/invitations`, { shape: read }, call)
    return { invitations, problem: null }
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'VENDOR_FORBIDDEN') throw problem
    return { invitations: toList(toObject<'invitations'>(raw)?.invitations) ?? [], problem }
  }
}

/** Who is in a conference (`/participants`, while it runs) and who is invited to it (`/invitations`). */
export function participantList(client: Client, conferenceId: string): List<Participant> {
  return {
    maxSize: 200,
    counted: true,
    page: (_request, call) => everyone(client, conferenceId, call),
    id: (item) => personId(item as Person),
    read: (item) => readPerson(item as Person),
  }
}
