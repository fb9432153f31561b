import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient, WriteOptions } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { CreatedConference, NewConference } from '../vendor-inputs.ts'
import { findIgnoredInputs } from './ignored-inputs.ts'
import { createInputs } from './fields.ts'
import { toMeetingBody } from './input.ts'
import { readMeeting } from './conference.ts'
import { withInputPath, createInputProblem } from '../kit/problems.ts'
import { validateUserReference } from './path-values.ts'
import { readUserBy } from './users.ts'

/**
 * Creates a meeting (`POST /users/{userId}/meetings`) and reports the inputs that Zoom ignored. Finds the invitees before
 * the creation.
 */
export async function createMeeting(
  client: VendorClient,
  input: NewConference,
  call: CallContext,
): Promise<CreatedConference> {
  const owner = getOwnerRef(input)
  const json = toMeetingBody({ ...input, schedule: input.schedule ?? { kind: 'permanent' } })
  const references = input.invite.map((reference, index) => validateUserReference(reference, ['invite', String(index)]))
  const invitees = await Promise.all(references.map((ref, index) => findInviteeEmail(client, ref, index, call)))
  const emails = invitees.map((email) => (email instanceof Problem ? null : email))
  if (json.settings?.['meeting_invitees']) {
    const unique = [...new Set(emails.filter((email) => email !== null))]
    json.settings['meeting_invitees'] = unique.map((email) => ({ email }))
  }

  // Zoom counts creations per host and day, so that a cooldown must not affect other hosts.
  const options = { json, schema: z.looseObject({}), rateLimit: `create ${owner}`, lockKey: `user ${owner}` }
  const response = await sendCreateMeeting(client, owner, options, call)
  const problems = invitees.filter((email) => email instanceof Problem)
  return {
    conference: readMeeting(response).conference,
    problems: [...problems, ...findIgnoredInputs(json, response, createInputs, emails)],
  }
}

/** Returns the host of a new meeting as a path value. @throws `BAD_USER_INPUT` */
export function getOwnerRef({ owner }: NewConference): string {
  if (!owner) throw createInputProblem(['owner'], 'is required: every Zoom meeting has a host')
  return validateUserReference(owner, ['owner'])
}

/** Sends the creation. Adds the path of the owner if Zoom rejects the host: an unknown user, or one who cannot host (3161). */
async function sendCreateMeeting<T>(
  client: VendorClient,
  owner: string,
  options: WriteOptions<T>,
  call: CallContext,
): Promise<T> {
  try {
    return await client.write('POST', path`/users/${owner}/meetings`, options, call)
  } catch (error) {
    const isOfOwner =
      error instanceof Problem &&
      (error.code === 'NOT_FOUND' || error.code === 'INVALID_ID' || error.vendorCode === '3161')
    throw isOfOwner ? withInputPath(error, ['owner']) : error
  }
}

/** Finds the email address of an invitee. Returns a problem if there is none. */
async function findInviteeEmail(
  client: VendorClient,
  ref: string,
  index: number,
  call: CallContext,
): Promise<string | Problem> {
  if (ref.includes('@')) return ref
  const path = ['invite', String(index)]
  try {
    const { email } = await readUserBy(client, ref, call)
    return email ?? createInputProblem(path, 'must be a user with an email address')
  } catch (error) {
    if (error instanceof Problem) return withInputPath(error, path)
    throw error
  }
}
