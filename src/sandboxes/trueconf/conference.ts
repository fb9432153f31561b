import type { Context } from 'hono'
import { forbidden, notFound } from './errors.ts'
import { uid } from './identity.ts'
import { type Conference, type Env, type Grant, type Rights, type Server, seconds } from './model.ts'
import { showSchedule } from './schedule.ts'

const rightNames =
  'chat_send chat_rcv slide_show_send slide_show_rcv white_board_send white_board_rcv file_transfer_send ' +
  'file_transfer_rcv desktop_sharing recording audio_send audio_rcv video_send video_rcv'

export const allRights = (): Rights => Object.fromEntries(rightNames.split(' ').map((name) => [name, true]))

/** Podiums of a role-based conference that names no number. */
const defaultPodiums = 6

interface View {
  origin: string
  /** Right after a create the server knows no invited person's name yet. */
  nameless?: boolean
}

/** A conference as the API shows it, key for key in its order. */
export function showConference(server: Server, conference: Conference, { origin, nameless = false }: View) {
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
    schedule: showSchedule(conference.schedule, seconds(server.now())),
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

/** Whether a grant sees a conference: a user's sees those that the user owns or is invited to. */
export const sees = ({ userId }: Grant, conference: Conference): boolean =>
  userId === null || conference.owner === userId || conference.invitations.some(({ id }) => id === userId)

/** The conference that the path names, for reading. */
export function conferenceInPath(server: Server, c: Context<Env>): Conference {
  const id = c.req.param('conference_id') ?? ''
  const conference = server.data.conferences.get(id)
  if (!conference) throw notFound('conference', id)
  if (!sees(c.get('grant'), conference)) throw forbidden()
  return conference
}

/** The conference that the path names, for changing: a user changes only its own. */
export function ownConferenceInPath(server: Server, c: Context<Env>): Conference {
  const conference = conferenceInPath(server, c)
  const { userId } = c.get('grant')
  if (userId !== null && conference.owner !== userId) throw forbidden()
  return conference
}
