import { z } from 'zod'
import { Problem } from '../../errors.ts'
import { Pacer } from '../../pacer.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, List, Page, Participant } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { getConference, ownDomain } from './conferences.ts'
import { flag, text } from '../lenient.ts'
import { itemList } from '../short-list.ts'
import { idOf, instant, localId, readItem } from './shapes.ts'

const PersonItem = z.object({
  display_name: text,
  email: text,
  type: text,
  is_owner: flag,
  join_time: instant,
})
const Live = z.object({ participants: itemList })
const Invited = z.object({ invitations: itemList })

/** One person of a conference, who may be in it and invited at the same time. */
export interface Person {
  conference: Conference
  /** The server's own, null if it is not known. */
  domain: string | null
  /** As the vendor shows someone who is in it; null for those who are only invited. */
  live: unknown
  invitation: unknown
}

/** The id without the server's own domain, so that one person has one. */
export function personId({ domain, live, invitation }: Person): string | null {
  const id = idOf(live ?? invitation)
  return id === null ? null : localId(id, domain)
}

export function readPerson(person: Person): Participant {
  const { conference, live, invitation } = person
  const raw = live ?? invitation
  const { id: sent, item } = readItem(PersonItem, raw)
  const planned = PersonItem.safeParse(invitation).data
  const id = personId(person) ?? sent
  const isOwner = item.is_owner ?? id === conference.ownerId
  return {
    vendorId: id,
    conferenceId: conference.vendorId,
    // Guests, rooms, telephones and other servers' users are named by address.
    userId: item.type === 'custom' || /^#|@/.test(id) ? null : id,
    displayName: item.display_name ?? planned?.display_name ?? null,
    email: item.email ?? planned?.email ?? null,
    role: isOwner ? 'OWNER' : 'ATTENDEE',
    status: live ? 'JOINED' : 'INVITED',
    joinedAt: item.join_time,
    leftAt: null,
    joinUrl: null,
    get raw() {
      return withoutCredentials(raw)
    },
  }
}

/** Who is in it: nobody while it does not run. */
export async function livePeople(client: Client, conference: Conference, call: Call): Promise<Person[]> {
  if (conference.state !== 'RUNNING') return []
  const { participants } = await client.get(
    path`/conferences/${conference.vendorId}/participants`,
    { shape: Live },
    call,
  )
  const domain = ownDomain(conference)
  return participants.map((live) => ({ conference, domain, live: live ?? {}, invitation: null }))
}

/** Everyone, once: first who is in it, then who is invited and not in it. */
async function everyone(client: Client, id: string, call: Call): Promise<Page> {
  const conference = await getConference(client, id, call)
  const [live, { invitations, problem }] = await Promise.all([
    livePeople(client, conference, call),
    invitationsOf(client, conference, call),
  ])
  const domain = ownDomain(conference)
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
  try {
    const { invitations } = await client.get(path`/conferences/${vendorId}/invitations`, { shape: Invited }, call)
    return { invitations, problem: null }
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'VENDOR_FORBIDDEN') throw problem
    return { invitations: Invited.safeParse(raw).data?.invitations ?? [], problem }
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
