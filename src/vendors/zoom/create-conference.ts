import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client, WriteOptions } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { CreatedConference, NewConference } from '../vendor.ts'
import { droppedInputs } from './ignored-inputs.ts'
import { inputOfCreates } from './fields.ts'
import { meetingBody } from './input.ts'
import { readMeeting } from './conference.ts'
import { at, badInput } from '../kit/problems.ts'
import { inputUserRef } from './path-values.ts'
import { readUserBy } from './users.ts'

/** Makes a meeting of the owner's and tells what Zoom left out of it. Invitees are looked up before it is made. */
export async function createConference(client: Client, input: NewConference, call: Call): Promise<CreatedConference> {
  const owner = getOwnerRef(input)
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

/** Returns the host of a new meeting as a path value. @throws BAD_USER_INPUT */
export function getOwnerRef({ owner }: NewConference): string {
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
