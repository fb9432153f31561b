import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, CreatedConference, NewConference } from '../vendor.ts'
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
  /** What of the input is done with it. */
  body: ConferenceBody
}

const idPath = ['vendorOptions', 'id']

/** `POST /conferences` under an ID that Parley or the caller chose, if the server's license lets callers choose. */
export async function createConference(
  client: VendorClient,
  users: Users,
  license: IdLicense,
  input: NewConference,
  call: CallContext,
): Promise<CreatedConference> {
  const body = toNewConferenceBody(input)
  const owner = await findOwnerId(input, users, call)
  const { path: place, invitations } = await planInvitations(input, users, call)
  const known = invitations.filter((invitation) => !(invitation instanceof Problem))
  const json = { ...body, owner, ...(known.length > 0 ? { invitations: known } : {}) }
  const options = input.vendorOptions ?? {}
  const given = new Map([...optionByInput].filter(([, [field]]) => Object.hasOwn(options, field!)))
  const { conference, body: sent } = await sendCreate(client, license, json, input, call).catch((error: unknown) => {
    throw toOptionProblem(error, given)
  })
  const invited = await mapInOrder(invitations, async (invitation) => {
    if (invitation instanceof Problem) throw invitation.markWithoutEffect()
    if ('invitations' in sent) return
    await client.write('POST', path`/conferences/${conference.vendorId}/invitations`, { json: invitation }, call)
  })
  return { conference, problems: [...listIdProblems(conference, input), ...listInvitationProblems(invited, place)] }
}

/** Sends what was not rejected, until it is done: a 400 did nothing. */
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
        const conference = await nullIfNotFound(getConference(client, String(sent['id']), call))
        if (conference && isFromEarlierAttempt(conference, input, String(body['owner'])))
          return { conference, body: sent }
        sent = withId(sent, ids.shift())
      } else sent = dropRejectedFields(sent, error, isChosen)
      // What is sent without an ID can be found by scanning only, until the server has shown which it was.
      if (!('id' in sent)) license.canChooseIds = null
    }
  }
}

function withId(body: ConferenceBody, id: string | undefined): ConferenceBody {
  const { id: _, ...others } = body
  return id === undefined ? others : { ...others, id }
}

/** Under an ID that Parley chose, only an earlier try of the same operation makes what is wanted. */
const isFromEarlierAttempt = (conference: Conference, input: NewConference, owner: string): boolean =>
  matchesNewConference(conference, input, owner) && !isOlderThanKey(conference, Date.now())

function listIdProblems({ vendorId }: Conference, input: NewConference): Problem[] {
  const chosen = getChosenId(input)
  if (chosen === null || chosen === vendorId) return []
  const message = 'TrueConf made the conference under another ID. The license of the server may not allow chosen IDs.'
  return [new Problem('VENDOR_REJECTED', message, { path: ['input', ...idPath], delivery: 'rejected' })]
}

async function findOwnerId({ owner }: NewConference, users: Users, call: CallContext): Promise<string> {
  const id = owner && (await findUserId(owner, users, call))
  if (id !== null) return id
  throw new Problem('NOT_FOUND', 'No user of this account has this e-mail address.', {
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

/** A 400 that names no field with an input of ours. */
function isWithoutInputPath(error: unknown): error is Problem {
  return error instanceof Problem && error.vendorStatus === 400 && error.path === null
}

/** What may be sent after a rejection. Throws it where that is nothing. */
function dropRejectedFields(sent: ConferenceBody, error: unknown, isChosen: boolean): ConferenceBody {
  // Which reason a license gives is not published: a field that is no input of the caller's is ours, the ID.
  if (isIdRejected(error, sent)) {
    if (isChosen) throw withInputPath(error, ['vendorOptions'])
    return withId(sent, undefined)
  }
  const { invitations, ...alone } = sent
  const isUnknownPerson = isWithoutInputPath(error) && error.vendorCode === unknownUserCode
  const isOfInvitees = error instanceof Problem && error.vendorStatus === 400 && error.path?.[1] === 'invite'
  // One unknown invitee would take the conference with it; alone, each is invited or refused by itself.
  if (invitations && (isOfInvitees || isUnknownPerson)) return alone
  throw isUnknownPerson ? withInputPath(error, ['owner']) : error
}
