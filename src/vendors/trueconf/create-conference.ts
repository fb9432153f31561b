import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, NewConference, Vendor } from '../vendor.ts'
import { ConferenceAnswer, getConference, readConference } from './conferences.ts'
import { conferenceBody, modes } from './input.ts'
import { conferenceList, everything } from './lists.ts'
import { at, badInput, nullIfGone, settle, unsupported } from '../problems.ts'
import { room } from './schedule.ts'
import { idOfInvitee, idOfUser, type Users } from './users.ts'

type Creation = Required<Pick<Vendor, 'createConference' | 'findCreated'>>
type Body = Record<string, unknown>

/** How far the server's clock may be behind ours, in ms. */
const clockTolerance = 60_000

/** `POST /conferences` under the natural key as its id, where the server's licence lets callers choose. */
export function conferenceCreation(client: Client, users: Users): Creation {
  /** What the server has shown of its licence; null before. */
  let choosesIds: boolean | null = null

  /** Sends what was not refused; a 400 did nothing. */
  async function create(body: Body, key: string, call: Call): Promise<{ conference: Conference; sent: Body }> {
    let sent: Body = choosesIds === false ? body : { ...body, id: key }
    for (;;) {
      try {
        const options = { json: sent, shape: ConferenceAnswer }
        const conference = readConference((await client.send('POST', path`/conferences`, options, call)).conference)
        choosesIds = conference.vendorId === key
        return { conference, sent }
      } catch (error) {
        // The key is of this operation alone, so that what is there under it was made by an earlier try.
        if (isRefusalOfId(error, sent) && error.vendorCode === 'uniqueValueAlreadyInUse')
          return { conference: await getConference(client, key, call), sent }
        sent = withoutRefused(sent, error)
        // What is sent without an id can be found by scanning only, until the server has shown which it was.
        if (!('id' in sent)) choosesIds = null
      }
    }
  }

  async function invite(conference: Conference, id: string, call: Call): Promise<void> {
    await client.send('POST', path`/conferences/${conference.vendorId}/invitations`, { json: { id } }, call)
  }

  return {
    async createConference(input, call) {
      const body = newConferenceBody(input)
      const owner = await ownerOf(input, users, call)
      const invitees = await settle(input.invite, (user) => idOfInvitee(user, ['invite'], users, call))
      const invitations = invitees.flatMap((id) => (typeof id === 'string' ? [{ id }] : []))
      const json = { ...body, owner, ...(invitations.length > 0 ? { invitations } : {}) }
      const { conference, sent } = await create(json, input.naturalKey, call)
      const invited = await settle(invitees, async (id) => {
        if (id instanceof Problem) throw id
        if (!('invitations' in sent)) await invite(conference, id, call)
      })
      const problems = invited.flatMap((result, index) =>
        result instanceof Problem ? [at(result, ['invite', String(index)])] : [],
      )
      return { conference, problems }
    },

    async findCreated(input, sentAt, call) {
      const byKey = await nullIfGone(getConference(client, input.naturalKey, call))
      if (byKey) choosesIds = true
      if (choosesIds) return byKey
      const owner = await idOfUser(input.owner ?? { vendorId: null, email: null }, users, call)
      const found: Conference[] = []
      for await (const conference of everything(conferenceList(client, {}, readConference), call)) {
        if (owner !== null && fits(conference, input.title, owner, sentAt)) found.push(conference)
      }
      return found.length > 1 ? 'ambiguous' : (found[0] ?? null)
    },
  }
}

/** Whether it can be a conference that was made without a chosen id: the server makes up digits. */
function fits({ vendorId, title, ownerId, createdAt }: Conference, wanted: string, owner: string, sentAt: number) {
  const owned = ownerId !== null && `${owner}@`.toLowerCase().startsWith(`${ownerId}@`.toLowerCase())
  return owned && title === wanted && /^\d+$/.test(vendorId) && (createdAt?.getTime() ?? 0) >= sentAt - clockTolerance
}

function newConferenceBody(input: NewConference): Body {
  if (input.passcode !== null)
    throw unsupported(['passcode'], 'TrueConf has no place for a passcode; close the conference to guests instead.')
  if (input.owner === null)
    throw badInput(['owner'], 'is needed: on TrueConf every conference belongs to one of its users')
  const { autoInvite } = input
  return {
    ...modes.ALL_ON_SCREEN,
    schedule: room,
    ...conferenceBody(input),
    ...(autoInvite === null ? {} : { auto_invite: autoInvite ? 1 : 0 }),
  }
}

async function ownerOf({ owner }: NewConference, users: Users, call: Call): Promise<string> {
  const id = owner && (await idOfUser(owner, users, call))
  if (id !== null) return id
  throw new Problem('NOT_FOUND', 'No user of this account has this e-mail address.', {
    path: ['input', 'owner', 'email'],
    evidence: 'refused',
  })
}

function isRefusalOfId(error: unknown, sent: Body): error is Problem {
  return error instanceof Problem && error.vendorStatus === 400 && error.path === null && 'id' in sent
}

/** What may be sent after a refusal. Throws it where that is nothing. */
function withoutRefused(sent: Body, error: unknown): Body {
  const { id: _, ...nameless } = sent
  // Which reason a licence gives is not published: a field that is no input of the caller's is ours, the id.
  if (isRefusalOfId(error, sent)) return nameless
  const { invitations, ...alone } = sent
  // One unknown invitee would take the conference with it; alone, each is invited or refused by itself.
  if (error instanceof Problem && error.vendorStatus === 400 && error.path?.[1] === 'invite' && invitations)
    return alone
  throw error
}
