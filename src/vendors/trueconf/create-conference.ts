import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, CreatedConference, NewConference } from '../vendor.ts'
import { getChosenId, type IdLicense, listIds } from './conference-id.ts'
import { readAnswer } from './conference.ts'
import { getConference } from './conferences.ts'
import { optionByInput } from './fields.ts'
import { isAlike, isOlderThanKey } from './is-created.ts'
import { newConferenceBody } from './input.ts'
import { planInvitations } from './new-invitations.ts'
import { at, atOption, createInUse, nullIfGone, problemsOfInvited, settle } from '../kit/problems.ts'
import { idOfUser, type Users } from './users.ts'

type Body = Record<string, unknown>

interface Sent {
  conference: Conference
  /** What of the input is done with it. */
  sent: Body
}

const idPath = ['vendorOptions', 'id']

/** `POST /conferences` under an ID that Parley or the caller chose, if the server's license lets callers choose. */
export async function createConference(
  client: Client,
  users: Users,
  license: IdLicense,
  input: NewConference,
  call: Call,
): Promise<CreatedConference> {
  const body = newConferenceBody(input)
  const owner = await ownerOf(input, users, call)
  const { place, invitations } = await planInvitations(input, users, call)
  const known = invitations.filter((invitation) => !(invitation instanceof Problem))
  const json = { ...body, owner, ...(known.length > 0 ? { invitations: known } : {}) }
  const options = input.vendorOptions ?? {}
  const given = new Map([...optionByInput].filter(([, [field]]) => Object.hasOwn(options, field!)))
  const { conference, sent } = await send(client, license, json, input, call).catch((error: unknown) => {
    throw atOption(error, given)
  })
  const invited = await settle(invitations, async (invitation) => {
    if (invitation instanceof Problem) throw invitation.harmless()
    if ('invitations' in sent) return
    await client.send('POST', path`/conferences/${conference.vendorId}/invitations`, { json: invitation }, call)
  })
  return { conference, problems: [...problemsOfId(conference, input), ...problemsOfInvited(invited, place)] }
}

/** Sends what was not rejected, until it is done: a 400 did nothing. */
async function send(client: Client, license: IdLicense, body: Body, input: NewConference, call: Call): Promise<Sent> {
  const isChosen = getChosenId(input) !== null
  const ids = license.choosesIds === false && !isChosen ? [] : listIds(input)
  let sent = withId(body, ids.shift())
  for (;;) {
    try {
      const options = { json: sent, shape: readAnswer }
      const conference = await client.send('POST', path`/conferences`, options, call)
      license.choosesIds = conference.vendorId === sent['id']
      return { conference, sent }
    } catch (error) {
      if (isIdInUse(error, sent)) {
        if (isChosen) throw createInUse(idPath, error)
        const conference = await nullIfGone(getConference(client, String(sent['id']), call))
        if (conference && isOfEarlierTry(conference, input, String(body['owner']))) return { conference, sent }
        sent = withId(sent, ids.shift())
      } else sent = withoutRejected(sent, error, isChosen)
      // What is sent without an ID can be found by scanning only, until the server has shown which it was.
      if (!('id' in sent)) license.choosesIds = null
    }
  }
}

function withId(body: Body, id: string | undefined): Body {
  const { id: _, ...others } = body
  return id === undefined ? others : { ...others, id }
}

/** Under an ID that Parley chose, only an earlier try of the same operation makes what is wanted. */
const isOfEarlierTry = (conference: Conference, input: NewConference, owner: string): boolean =>
  isAlike(conference, input, owner) && !isOlderThanKey(conference, Date.now())

function problemsOfId({ vendorId }: Conference, input: NewConference): Problem[] {
  const chosen = getChosenId(input)
  if (chosen === null || chosen === vendorId) return []
  const message = 'TrueConf made the conference under another ID. The license of the server may not allow chosen IDs.'
  return [new Problem('VENDOR_REJECTED', message, { path: ['input', ...idPath], evidence: 'refused' })]
}

async function ownerOf({ owner }: NewConference, users: Users, call: Call): Promise<string> {
  const id = owner && (await idOfUser(owner, users, call))
  if (id !== null) return id
  throw new Problem('NOT_FOUND', 'No user of this account has this e-mail address.', {
    path: ['input', 'owner', 'email'],
    evidence: 'refused',
  })
}

const isIdInUse = (error: unknown, sent: Body): error is Problem =>
  isRejectionOfId(error, sent) && error.vendorCode === 'uniqueValueAlreadyInUse'

function isRejectionOfId(error: unknown, sent: Body): error is Problem {
  return isUnplaced(error) && error.vendorCode !== unknownPerson && 'id' in sent
}

const unknownPerson = 'userNotFound'

/** A 400 that names no field with an input of ours. */
function isUnplaced(error: unknown): error is Problem {
  return error instanceof Problem && error.vendorStatus === 400 && error.path === null
}

/** What may be sent after a rejection. Throws it where that is nothing. */
function withoutRejected(sent: Body, error: unknown, isChosen: boolean): Body {
  // Which reason a license gives is not published: a field that is no input of the caller's is ours, the ID.
  if (isRejectionOfId(error, sent)) {
    if (isChosen) throw at(error, ['vendorOptions'])
    return withId(sent, undefined)
  }
  const { invitations, ...alone } = sent
  const isUnknownPerson = isUnplaced(error) && error.vendorCode === unknownPerson
  const isOfInvitees = error instanceof Problem && error.vendorStatus === 400 && error.path?.[1] === 'invite'
  // One unknown invitee would take the conference with it; alone, each is invited or refused by itself.
  if (invitations && (isOfInvitees || isUnknownPerson)) return alone
  throw isUnknownPerson ? at(error, ['owner']) : error
}
