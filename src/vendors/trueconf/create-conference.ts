import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { CreatedConference, NewConference } from '../vendor-inputs.ts'
import type { Conference } from '../vendor-objects.ts'
import { getChosenId, type IdLicense, listIds } from './conference-id.ts'
import { readConferenceResponse } from './conference.ts'
import { getConference } from './conferences.ts'
import { optionByInput } from './fields.ts'
import { matchesNewConference, isOlderThanKey } from './is-created.ts'
import { toNewConferenceBody } from './input.ts'
import { planInvitations } from './new-invitations.ts'
import {
  withInputPath,
  toOptionProblem,
  createInUseProblem,
  nullIfNotFound,
  listInvitationProblems,
  mapInOrder,
} from '../kit/problems.ts'
import { findUserId, type Users } from './users.ts'

type ConferenceBody = Record<string, unknown>

interface SentConference {
  conference: Conference
  /** Body of the request that created the conference. */
  body: ConferenceBody
}

const idPath = ['vendorOptions', 'id']

/**
 * Creates a conference (`POST /conferences`), with an ID that Parley or the caller chose, if the server's license allows it.
 * Invitations that the server rejects with the conference are sent again, one by one
 * (`POST /conferences/{conference_id}/invitations`).
 */
export async function createConference(
  client: VendorClient,
  users: Users,
  license: IdLicense,
  input: NewConference,
  call: CallContext,
): Promise<CreatedConference> {
  const body = toNewConferenceBody(input)
  const owner = await findOwnerId(input, users, call)
  const { path: invitationsPath, invitations } = await planInvitations(input, users, call)
  const known = invitations.filter((invitation) => !(invitation instanceof Problem))
  const json = { ...body, owner, ...(known.length > 0 ? { invitations: known } : {}) }
  const options = input.vendorOptions ?? {}
  const givenOptions = new Map([...optionByInput].filter(([, [field]]) => Object.hasOwn(options, field!)))
  const { conference, body: sent } = await sendCreate(client, license, json, input, call).catch((error: unknown) => {
    throw toOptionProblem(error, givenOptions)
  })
  const invited = await mapInOrder(invitations, async (invitation) => {
    if (invitation instanceof Problem) throw invitation.markWithoutEffect()
    if ('invitations' in sent) return
    await client.write('POST', path`/conferences/${conference.vendorId}/invitations`, { json: invitation }, call)
  })
  return {
    conference,
    problems: [...listIdProblems(conference, input), ...listInvitationProblems(invited, invitationsPath)],
  }
}

/** Sends the creation again without the rejected fields until it succeeds. A 400 status has no effect. */
async function sendCreate(
  client: VendorClient,
  license: IdLicense,
  body: ConferenceBody,
  input: NewConference,
  call: CallContext,
): Promise<SentConference> {
  const isChosen = getChosenId(input) !== null
  const ids = license.canChooseIds === false && !isChosen ? [] : listIds(input)
  let sent = withId(body, ids.shift())
  for (;;) {
    try {
      const options = { json: sent, schema: readConferenceResponse }
      const conference = await client.write('POST', path`/conferences`, options, call)
      license.canChooseIds = conference.vendorId === sent['id']
      return { conference, body: sent }
    } catch (error) {
      if (isIdInUse(error, sent)) {
        if (isChosen) throw createInUseProblem(idPath, error)
        const conference = await nullIfNotFound(() => getConference(client, String(sent['id']), call))
        if (conference && isFromEarlierAttempt(conference, input, String(body['owner'])))
          return { conference, body: sent }
        sent = withId(sent, ids.shift())
      } else sent = dropRejectedFields(sent, error, isChosen)
      // A conference that is sent without an ID can be found only by a scan, until a response has shown its ID.
      if (!('id' in sent)) license.canChooseIds = null
    }
  }
}

function withId(body: ConferenceBody, id: string | undefined): ConferenceBody {
  const { id: _, ...others } = body
  return id === undefined ? others : { ...others, id }
}

/** Whether the conference with an ID that Parley chose was created by an earlier attempt of the same operation. */
const isFromEarlierAttempt = (conference: Conference, input: NewConference, owner: string): boolean =>
  matchesNewConference(conference, input, owner) && !isOlderThanKey(conference, Date.now())

function listIdProblems({ vendorId }: Conference, input: NewConference): Problem[] {
  const chosen = getChosenId(input)
  if (chosen === null || chosen === vendorId) return []
  const message = "TrueConf created the conference with another ID. The server's license might not allow chosen IDs."
  return [new Problem('VENDOR_REJECTED', message, { path: ['input', ...idPath], delivery: 'rejected' })]
}

async function findOwnerId({ owner }: NewConference, users: Users, call: CallContext): Promise<string> {
  const id = owner && (await findUserId(owner, users, call))
  if (id !== null) return id
  throw new Problem('NOT_FOUND', 'The user with the email address in "input.owner.email" was not found.', {
    path: ['input', 'owner', 'email'],
    delivery: 'rejected',
  })
}

const isIdInUse = (error: unknown, sent: ConferenceBody): error is Problem =>
  isIdRejected(error, sent) && error.vendorCode === 'uniqueValueAlreadyInUse'

function isIdRejected(error: unknown, sent: ConferenceBody): error is Problem {
  return isWithoutInputPath(error) && error.vendorCode !== unknownUserCode && 'id' in sent
}

const unknownUserCode = 'userNotFound'

/** Whether the error is a 400 that names no field with an input. */
function isWithoutInputPath(error: unknown): error is Problem {
  return error instanceof Problem && error.vendorStatus === 400 && error.path === null
}

/** Returns the body without the fields that caused a rejection. @throws The error, if no such field can be dropped. */
function dropRejectedFields(sent: ConferenceBody, error: unknown, isChosen: boolean): ConferenceBody {
  // TrueConf does not document the error for a license without chosen IDs. If no input is at fault, it is the ID.
  if (isIdRejected(error, sent)) {
    if (isChosen) throw withInputPath(error, ['vendorOptions'])
    return withId(sent, undefined)
  }
  const { invitations, ...alone } = sent
  const isUnknownPerson = isWithoutInputPath(error) && error.vendorCode === unknownUserCode
  const isOfInvitees = error instanceof Problem && error.vendorStatus === 400 && error.path?.[1] === 'invite'
  // One unknown invitee would prevent the conference. Separate requests report each invitee.
  if (invitations && (isOfInvitees || isUnknownPerson)) return alone
  throw isUnknownPerson ? withInputPath(error, ['owner']) : error
}
