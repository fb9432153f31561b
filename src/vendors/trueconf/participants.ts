import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import { toObject } from '../kit/lenient.ts'
import { requireItems, toList } from '../kit/short-list.ts'
import type { Conference, List, Page, Participant, Vendor } from '../vendor.ts'
import type { TrueConfConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { type Person, personId, readPerson } from './participant.ts'

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

/** Participants of one conference. */
export function participants(client: Client): Required<Pick<Vendor, 'participants'>> {
  return { participants: (conferenceId) => participantList(client, conferenceId) }
}
