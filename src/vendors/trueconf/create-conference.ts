import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Conference, NewConference, Vendor } from '../vendor.ts'
import { ConferenceAnswer, getConference, readConference } from './conferences.ts'
import { conferenceBody, modes } from './input.ts'
import { conferenceLists } from './lists.ts'
import { at, badInput, nullIfGone, problemsOfInvited, settle, unsupported } from '../problems.ts'
import { iterateItems } from '../iterate-pages.ts'
import { room } from './schedule.ts'
import { idOfInvitee, idOfUser, type Users } from './users.ts'

type Creation = Required<Pick<Vendor, 'createConference' | 'findCreated'>>
type Body = Record<string, unknown>

/** How far the server's clock is behind ours at most where it is kept, in ms; and where nobody looks after it. */
const clockTolerance = 60_000
const clockNeglect = 15 * 60_000

/** `POST /conferences` under the natural key as its id, where the server's licence lets callers choose. */
export function conferenceCreation(client: Client, users: Users): Creation {
  const list = conferenceLists(client)
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
        if (id instanceof Problem) throw id.harmless()
        if (!('invitations' in sent)) await invite(conference, id, call)
      })
      return { conference, problems: problemsOfInvited(invited) }
    },

    async findCreated(input, sentAt, call) {
      const byKey = await nullIfGone(getConference(client, input.naturalKey, call))
      if (byKey) choosesIds = true
      if (choosesIds) return byKey
      const owner = await idOfUser(input.owner ?? { vendorId: null, email: null }, users, call)
      const found: Conference[] = []
      let doubtful = false
      for await (const conference of iterateItems(list({}, readConference), call)) {
        if (owner === null || !isAlike(conference, input.title, owner)) continue
        const madeAt = conference.createdAt?.getTime() ?? null
        if (madeAt !== null && madeAt >= sentAt - clockTolerance) found.push(conference)
        else doubtful ||= madeAt === null || madeAt >= sentAt - clockNeglect
      }
      return found.length > 1 || (found.length === 0 && doubtful) ? 'ambiguous' : (found[0] ?? null)
    },
  }
}

/** Whether it can be one that was made without a chosen id, but for the time: the server makes up digits. */
function isAlike({ vendorId, title, ownerId }: Conference, wanted: string, owner: string): boolean {
  const owned = ownerId !== null && `${owner}@`.toLowerCase().startsWith(`${ownerId}@`.toLowerCase())
  return owned && title.trim() === wanted.trim() && /^\d+$/.test(vendorId)
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
  return isUnplaced(error) && error.vendorCode !== unknownPerson && 'id' in sent
}

const unknownPerson = 'userNotFound'

/** A 400 that names no field of ours. */
function isUnplaced(error: unknown): error is Problem {
  return error instanceof Problem && error.vendorStatus === 400 && error.path === null
}

/** What may be sent after a refusal. Throws it where that is nothing. */
function withoutRefused(sent: Body, error: unknown): Body {
  const { id: _, ...nameless } = sent
  // Which reason a licence gives is not published: a field that is no input of the caller's is ours, the id.
  if (isRefusalOfId(error, sent)) return nameless
  const { invitations, ...alone } = sent
  const isUnknownPerson = isUnplaced(error) && error.vendorCode === unknownPerson
  const isOfInvitees = error instanceof Problem && error.vendorStatus === 400 && error.path?.[1] === 'invite'
  // One unknown invitee would take the conference with it; alone, each is invited or refused by itself.
  if (invitations && (isOfInvitees || isUnknownPerson)) return alone
  throw isUnknownPerson ? at(error, ['owner']) : error
}
