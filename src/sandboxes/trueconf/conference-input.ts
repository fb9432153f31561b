import { z } from 'zod'
import { allRights } from './conference.ts'
import { ApiError, createInvalidInputError, taken, unknownUser } from './errors.ts'
import { isAddress, toLocalId } from './identity.ts'
import { bool, flag, int, text } from './input.ts'
import { type Conference, type Invitation, type Server, seconds } from './model.ts'
import { schedule } from './schedule.ts'

const count = int.pipe(z.number().positive())
const rights = z.record(z.string(), bool)

const fields = {
  topic: text.refine((topic) => topic !== '' && [...topic].length <= 240, '1 to 240 characters'),
  description: text,
  owner: text.pipe(z.string().min(1)),
  type: int.pipe(z.literal([0, 1, 3])),
  vad_selector: flag,
  invitations: z.array(z.object({ id: text, display_name: text.nullish() })),
  max_podiums: count,
  max_participants: count,
  schedule,
  allow_guests: bool,
  auto_invite: int.pipe(z.literal([0, 1, 2])),
  tags: z.array(text),
  recording: flag,
  rights: z.object({ guest: rights.optional(), user: rights.optional() }),
  allow_only_planned_participants: bool,
}

export const changes = z.object(fields).partial()
type Changes = z.infer<typeof changes>

export const newConference = changes.required({ topic: true, owner: true, type: true, schedule: true }).extend({
  id: z.union([z.literal('').transform(() => undefined), text.pipe(z.string().regex(/^\w{1,128}$/))]).optional(),
})

/** Creates a stopped conference from the input. Does not add it to the server. */
export function createConference(server: Server, { id, ...changes }: z.infer<typeof newConference>): Conference {
  if (id !== undefined && !server.settings.customIds)
    throw createInvalidInputError(
      'id',
      'licenseRestriction',
      'Custom conference IDs are not available in your license.',
    )
  if (id !== undefined && server.data.conferences.has(id)) throw taken('id')
  const blank: Conference = {
    id: '',
    type: 0,
    vad_selector: 0,
    topic: '',
    owner: '',
    description: '',
    max_podiums: 0,
    max_participants: server.settings.maxParticipants,
    schedule: { type: -1 },
    invitations: [],
    allow_guests: false,
    auto_invite: 0,
    created_at: seconds(server.now()),
    tags: [],
    recording: 0,
    rights: { guest: allRights(), user: allRights() },
    allow_only_planned_participants: false,
    call: null,
    isUnplanned: false,
    recordingSince: null,
    records: [],
  }
  const conference = { ...blank, ...validateChanges(server, blank, changes) }
  conference.id = id ?? createNextId(server)
  return conference
}

/** Returns the changed fields of a conference. Only the description of a running conference can be changed. */
export function changeConference(server: Server, conference: Conference, changes: Changes): Partial<Conference> {
  const all = Object.entries(validateChanges(server, conference, changes))
  const changed = all.filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(conference[key as keyof Conference]),
  )
  const fixed = conference.call && changed.find(([key]) => key !== 'description')
  if (fixed) throw createInvalidInputError(fixed[0], 'conferenceIsRunning', `Conference '${conference.id}' is running.`)
  return Object.fromEntries(changed)
}

/** @throws ApiError if the users or the license of the server do not allow the input. */
function validateChanges(server: Server, conference: Conference, changes: Changes): Partial<Conference> {
  const { owner, invitations, rights, ...plain } = changes
  const { settings, data } = server
  if ((plain.max_participants ?? 0) > settings.maxParticipants)
    throw createInvalidInputError(
      'max_participants',
      'licenseRestriction',
      `At most ${settings.maxParticipants} participants.`,
    )
  if (plain.allow_guests && !settings.guests)
    throw createInvalidInputError('allow_guests', 'licenseRestriction', 'Guests are not available in your license.')
  const result: Record<string, unknown> = { ...plain }
  if (owner !== undefined) {
    const id = toLocalId(server, owner)
    if (!data.users.has(id)) throw unknownUser('owner', owner)
    result['owner'] = id
  }
  if (invitations) result['invitations'] = createInvitations(server, invitations)
  if (rights) {
    const { guest, user } = conference.rights
    result['rights'] = { guest: { ...guest, ...rights.guest }, user: { ...user, ...rights.user } }
  }
  return result
}

interface Invited {
  id: string
  display_name?: string | null | undefined
}

/** Returns one invitation for each invitee, in the order of the server. */
function createInvitations(server: Server, sent: Invited[]): Invitation[] {
  const byId = new Map(sent.map((invited) => toInvitation(server, invited)).map((made) => [made.id, made]))
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function toInvitation(server: Server, { id: sent, display_name }: Invited, field = 'invitations'): Invitation {
  const id = toInviteeId(server, sent, field)
  return { id, display_name: display_name || null }
}

/** Returns a login of this server, or an external address unchanged. @throws ApiError for an unknown login. */
export function toInviteeId(server: Server, sent: string, field: string): string {
  if (sent === '') throw new ApiError(400, { reason: 'invalidParameter', locationType: 'parameter', location: field })
  const id = toLocalId(server, sent)
  if (server.data.users.has(id)) return id
  if (!isAddress(id)) throw unknownUser(field, sent)
  return sent
}

const idSpace = 10_000_000_000
/** Coprime to the number of IDs, so that no ID repeats. About one tenth of the IDs begin with a zero. */
const idStep = 6_180_339_887

/** Returns the next free ID of ten digits. */
function createNextId(server: Server): string {
  for (;;) {
    server.idsGiven += 1
    const id = String((server.idsGiven * idStep) % idSpace).padStart(10, '0')
    if (!server.data.conferences.has(id)) return id
  }
}
