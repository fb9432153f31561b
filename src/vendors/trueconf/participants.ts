import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import { toObject } from '../kit/lenient.ts'
import { requireItems, toList } from '../kit/short-list.ts'
import type { FlatList, VendorPage } from '../vendor-lists.ts'
import type { Conference, Participant } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import type { TrueConfConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { type ParticipantRecord, getParticipantId, readParticipant } from './participant.ts'

const createSubject = (conferenceId: string): ReadSubject => ({ kind: 'participants', conferenceId })

/** Lists the participants in a running conference (`GET /conferences/{conference_id}/participants`). Else empty. */
export async function listLiveParticipants(
  client: VendorClient,
  conference: TrueConfConference,
  call: CallContext,
): Promise<ParticipantRecord[]> {
  if (conference.state !== 'RUNNING') return []
  const participants = await client.read(
    path`/conferences/${conference.vendorId}/participants`,
    { schema: (body) => requireItems(body, 'participants'), subject: createSubject(conference.vendorId) },
    call,
  )
  const { domain } = conference
  return participants.map((live) => ({ conference, domain, live: live ?? {}, invitation: null }))
}

/** Loads all participants: first those in the conference, then those who are only invited. */
async function loadParticipantPage(client: VendorClient, id: string, call: CallContext): Promise<VendorPage> {
  const conference = await getConference(client, id, call)
  const [live, { invitations, problem }] = await Promise.all([
    listLiveParticipants(client, conference, call),
    listInvitations(client, conference, call),
  ])
  const { domain } = conference
  const records = new Map<unknown, ParticipantRecord>()
  const pacer = new Pacer()
  for (const record of live) {
    if (pacer.isDue) await pacer.pause()
    records.set(getParticipantId(record) ?? record, record)
  }
  for (const invitation of invitations) {
    if (pacer.isDue) await pacer.pause()
    const record: ParticipantRecord = { conference, domain, live: null, invitation }
    const key = getParticipantId(record) ?? record
    records.set(key, { ...record, live: records.get(key)?.live ?? null })
  }
  return { items: [...records.values()], next: null, previous: null, total: records.size, ...(problem && { problem }) }
}

/**
 * Lists the invitations (`GET /conferences/{conference_id}/invitations`). Without the permission for it, returns the
 * problem, and the invitations in the conference itself, which have fewer fields.
 */
async function listInvitations(client: VendorClient, { vendorId, raw }: Conference, call: CallContext) {
  const read = (body: unknown) => requireItems(body, 'invitations')
  try {
    const options = { schema: read, subject: createSubject(vendorId) }
    const invitations = await client.read(path`/conferences/${vendorId}/invitations`, options, call)
    return { invitations, problem: null }
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== 'VENDOR_FORBIDDEN') throw problem
    return { invitations: toList(toObject<'invitations'>(raw)?.invitations) ?? [], problem }
  }
}

/** Participants and invitees of a conference, in one page. */
export function createParticipantList(client: VendorClient, conferenceId: string): FlatList<Participant> {
  return {
    maxSize: 200,
    reportsTotal: true,
    loadPage: (_request, call) => loadParticipantPage(client, conferenceId, call),
    getId: (item) => getParticipantId(item as ParticipantRecord),
    parseItem: (item) => readParticipant(item as ParticipantRecord),
  }
}

/** Participants of a conference. See `createParticipantList`. */
export function createParticipantResource(client: VendorClient): Required<Pick<Vendor, 'participants'>> {
  return { participants: (conferenceId) => createParticipantList(client, conferenceId) }
}
