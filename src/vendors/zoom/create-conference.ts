import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client, WriteOptions } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, CreatedConference, NewConference } from '../vendor.ts'
import { meetingsOf, readMeetingBy } from './meetings.ts'
import { droppedInputs } from './dropped.ts'
import { inputOfCreates } from './fields.ts'
import { meetingBody } from './input.ts'
import { readMeeting } from './meeting.ts'
import { at, badInput } from '../kit/problems.ts'
import { iteratePages } from '../kit/iterate-pages.ts'
import { toText } from '../kit/lenient.ts'
import { fresh, inputUserRef } from './refs.ts'
import { meetingTypes, secondsOf } from './schedule.ts'
import { readUserBy } from './users.ts'

/** Makes a meeting of the owner's and tells what Zoom left out of it. Invitees are looked up before it is made. */
export async function createConference(client: Client, input: NewConference, call: Call): Promise<CreatedConference> {
  const owner = ownerOf(input)
  const json = meetingBody({ ...input, schedule: input.schedule ?? { kind: 'permanent' } })
  const references = input.invite.map((reference, index) => inputUserRef(reference, ['invite', String(index)]))
  const invited = await Promise.all(references.map((ref, index) => emailOf(client, ref, index, call)))
  const emails = invited.map((email) => (email instanceof Problem ? null : email))
  if (json.settings?.['meeting_invitees']) {
    const unique = [...new Set(emails.filter((email) => email !== null))]
    json.settings['meeting_invitees'] = unique.map((email) => ({ email }))
  }

  // Counted by Zoom per host and day; a hold for one host says nothing of the others.
  const options = { json, shape: z.looseObject({}), limit: `create ${owner}`, resource: `user ${owner}` }
  const answer = await send(client, owner, options, call)
  const problems = invited.filter((email) => email instanceof Problem)
  return {
    conference: readMeeting(answer).conference,
    problems: [...problems, ...droppedInputs(json, answer, inputOfCreates, emails)],
  }
}

function ownerOf({ owner }: NewConference): string {
  if (!owner) throw badInput(['owner'], 'must be given: every Zoom meeting has a host')
  return inputUserRef(owner, ['owner'])
}

/** Zoom refuses a host who is not there, or who may not host (3161). */
async function send<T>(client: Client, owner: string, options: WriteOptions<T>, call: Call): Promise<T> {
  try {
    return await client.send('POST', path`/users/${owner}/meetings`, options, call)
  } catch (error) {
    const isOfOwner =
      error instanceof Problem &&
      (error.code === 'NOT_FOUND' || error.code === 'INVALID_ID' || error.vendorCode === '3161')
    throw isOfOwner ? at(error, ['owner']) : error
  }
}

/** The address to invite; a Problem where there is none to be had. */
async function emailOf(client: Client, ref: string, index: number, call: Call): Promise<string | Problem> {
  if (ref.includes('@')) return ref
  const path = ['invite', String(index)]
  try {
    const { email } = await readUserBy(client, ref, call)
    return email ?? badInput(path, 'must be someone with an e-mail address')
  } catch (error) {
    if (error instanceof Problem) return at(error, path)
    throw error
  }
}

/** Our clock may be ahead of Zoom's. */
const tolerance = 120_000

/** The meeting that a lost answer told of: by host, title, kind and start, made since; no telling where one is older. */
export async function findCreated(
  client: Client,
  input: NewConference,
  sentAt: number,
  call: Call,
): Promise<Conference | null | 'ambiguous'> {
  const reading = fresh(call)
  const meetings = meetingsOf(client, ownerOf(input))
  // By id, for a list may name a series once for each of its times.
  const found = new Map<string, { isNew: boolean }>()
  for await (const { items } of iteratePages(meetings, reading)) {
    const pacer = new Pacer()
    for (const item of items) {
      if (pacer.isDue) await pacer.pause()
      const conference = meetings.id(item) === null ? null : meetings.read(item)
      if (!conference || !isSame(conference, item, input)) continue
      const isNew = (conference.createdAt?.getTime() ?? sentAt) >= sentAt - tolerance
      found.set(conference.vendorId, { isNew })
    }
  }
  const [only, ...others] = [...found].filter(([, { isNew }]) => isNew)
  // An older one is likely another, but our clock may be wrong by more.
  if (!only) return found.size > 0 ? 'ambiguous' : null
  return others.length > 0 ? 'ambiguous' : (await readMeetingBy(client, only[0], reading)).conference
}

function isSame(conference: Conference, item: unknown, { title, schedule }: NewConference): boolean {
  const type = meetingTypes[schedule?.kind ?? 'permanent']
  if (conference.title !== title.trim() && conference.title !== title) return false
  if (toText((item as { type?: unknown }).type) !== String(type)) return false
  if (schedule?.kind !== 'once') return true
  return (
    conference.schedule?.kind === 'once' && secondsOf(conference.schedule.startsAt) === secondsOf(schedule.startsAt)
  )
}
