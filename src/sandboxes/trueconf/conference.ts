import type { Context } from 'hono'
import { forbidden, createNotFoundError } from './errors.ts'
import { uid } from './identity.ts'
import { type Conference, type Env, type Grant, type Rights, type Server, seconds } from './model.ts'
import { formatSchedule } from './schedule.ts'

const rightNames =
  'chat_send chat_rcv slide_show_send slide_show_rcv white_board_send white_board_rcv file_transfer_send ' +
  'file_transfer_rcv desktop_sharing recording audio_send audio_rcv video_send video_rcv'

export const allRights = (): Rights => Object.fromEntries(rightNames.split(' ').map((name) => [name, true]))

/** Number of podiums of a role-based conference, if the input has none. */
const defaultPodiums = 6

interface View {
  origin: string
  /** Whether the names of invitees are omitted, as in the response to a create. */
  nameless?: boolean
}

/** Formats a conference with the keys of the API, in their order. */
export function formatConference(server: Server, conference: Conference, { origin, nameless = false }: View) {
  const { id, type, invitations } = conference
  return {
    id,
    type,
    ...(type === 3 && { vad_selector: conference.vad_selector }),
    topic: conference.topic,
    owner: uid(server, conference.owner),
    description: conference.description,
    max_podiums: podiums(conference),
    max_participants: conference.max_participants,
    schedule: formatSchedule(conference.schedule, seconds(server.now())),
    invitations: invitations.map((invited) => ({
      id: invited.id,
      display_name: nameless ? null : (invited.display_name ?? nameOf(server, invited.id)),
    })),
    allow_guests: conference.allow_guests,
    auto_invite: conference.auto_invite,
    state: conference.call ? 'running' : 'stopped',
    url: `${origin}/c/${id}`,
    webclient_url: `${origin}/webrtc/${id}`,
    created_at: conference.created_at,
    multicast_enable: false,
    multicast_address: '224.0.1.224:4000-6000',
    tags: conference.tags,
    recording: conference.recording,
    stream_recording_state: conference.recordingSince === null ? 0 : 1,
    rights: conference.rights,
    broadcast_enabled: false,
    broadcast_id: null,
    broadcast: null,
    allow_only_planned_participants: conference.allow_only_planned_participants,
  }
}

function podiums({ type, max_participants, max_podiums }: Conference): number {
  if (type === 0) return max_participants
  return type === 1 ? 1 : Math.min(max_podiums || defaultPodiums, max_participants)
}

const nameOf = (server: Server, id: string): string | null => server.data.users.get(id)?.display_name ?? null

/** Whether a token can read a conference. The token of a user can read conferences that the user owns or is invited to. */
export const canSee = ({ userId }: Grant, conference: Conference): boolean =>
  userId === null || conference.owner === userId || conference.invitations.some(({ id }) => id === userId)

/** Returns the conference in the path, if the token can read it. */
export function getConferenceInPath(server: Server, c: Context<Env>): Conference {
  const id = c.req.param('conference_id') ?? ''
  const conference = server.data.conferences.get(id)
  if (!conference) throw createNotFoundError('conference', id)
  if (!canSee(c.get('grant'), conference)) throw forbidden()
  return conference
}

/** Returns the conference in the path, if the token can change it. Users can change only their own conferences. */
export function getOwnConferenceInPath(server: Server, c: Context<Env>): Conference {
  const conference = getConferenceInPath(server, c)
  const { userId } = c.get('grant')
  if (userId !== null && conference.owner !== userId) throw forbidden()
  return conference
}
