import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import { toObject } from '../kit/lenient.ts'
import { requireItems, toList } from '../kit/short-list.ts'
import type { Conference, FlatList, VendorPage, Participant, Vendor } from '../vendor.ts'
import type { TrueConfConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { type ParticipantRecord, getParticipantId, readParticipant } from './participant.ts'

/** Who is in it: nobody while it does not run. */
export async function listLiveParticipants(
  client: VendorClient,
  conference: TrueConfConference,
  call: CallContext,
): Promise<ParticipantRecord[]> {
  if (conference.state !== 'RUNNING') return []
  const participants = await client.read(
    path`/conferences/${conference.vendorId}/participants`,
    { schema: (body) => requireItems(body, 'participants') },
    call,
  )
  const { domain } = conference
  return participants.map((live) => ({ conference, domain, live: live ?? {}, invitation: null }))
}

/** Everyone, once: first who is in it, then who is invited and not in it. */
async function loadParticipantPage(client: VendorClient, id: string, call: CallContext): Promise<VendorPage> {
  const conference = await getConference(client, id, call)
  const [live, { invitations, problem }] = await Promise.all([
    listLiveParticipants(client, conference, call),
    listInvitations(client, conference, call),
  ])
  const { domain } = conference
  const people = new Map<unknown, ParticipantRecord>()
  const pacer = new Pacer()
  for (const person of live) {
    if (pacer.isDue) await pacer.pause()
    people.set(getParticipantId(person) ?? person, person)
  }
  for (const invitation of invitations) {
    if (pacer.isDue) await pacer.pause()
    const person: ParticipantRecord = { conference, domain, live: null, invitation }
    const key = getParticipantId(person) ?? person
    people.set(key, { ...person, live: people.get(key)?.live ?? null })
  }
  return { items: [...people.values()], next: null, previous: null, total: people.size, ...(problem && { problem }) }
}

/** The invitations; without the scope for them, those that the conference itself names, of which less is known. */
async function listInvitations(client: VendorClient, { vendorId, raw }: Conference, call: CallContext) {
  const read = (body: unknown) => requireItems(body, 'invitations')
  try {
    const invitations = await client.read(path`/conferences/${vendorId}/invitations`, { schema: read }, call)
    return { invitations, problem: null }
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'VENDOR_FORBIDDEN') throw problem
    return { invitations: toList(toObject<'invitations'>(raw)?.invitations) ?? [], problem }
  }
}

/** Who is in a conference (`/participants`, while it runs) and who is invited to it (`/invitations`). */
export function createParticipantList(client: VendorClient, conferenceId: string): FlatList<Participant> {
  return {
    maxSize: 200,
    reportsTotal: true,
    loadPage: (_request, call) => loadParticipantPage(client, conferenceId, call),
    getId: (item) => getParticipantId(item as ParticipantRecord),
    parseItem: (item) => readParticipant(item as ParticipantRecord),
  }
}

/** Participants of one conference. */
export function createParticipantResource(client: VendorClient): Required<Pick<Vendor, 'participants'>> {
  return { participants: (conferenceId) => createParticipantList(client, conferenceId) }
}
