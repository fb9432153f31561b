import { getOrigin } from '../origin.ts'
import { z } from 'zod'
import { join, present, callInvitees } from './calls.ts'
import { toInviteeId } from './conference-input.ts'
import { getConferenceInPath, getOwnConferenceInPath } from './conference.ts'
import { createNotFoundError, createNotRunningError } from './errors.ts'
import { toLocalId } from './identity.ts'
import { readFields, text } from './input.ts'
import type { Attendance, ConferenceSession, Conference, Routes, Server } from './model.ts'
import { guard } from './scopes.ts'
import { formatUser } from './users.ts'

const invitee = z.object({ participant_id: text })
const invitees = z.object({ participants: z.array(text).min(1) })

/** Formats a participant with the fields of its user. A guest has only a name. */
export function formatParticipant(server: Server, owner: string, participant: Attendance, origin: string) {
  const { id, display_name, join_time } = participant
  const user = server.data.users.get(id)
  const shown = user ? formatUser(server, user, origin) : { id, display_name }
  return { ...shown, join_time, is_owner: owner === id ? 1 : 0 }
}

function running({ id, call }: Conference): ConferenceSession {
  if (!call) throw createNotRunningError(id)
  return call
}

/** Serves the participants of a running conference. */
export function serveParticipants(app: Routes, server: Server): void {
  const need = guard(server)

  app.get('/conferences/:conference_id/participants', need('conferences.participants', 'read'), (c) => {
    const { owner, call } = getConferenceInPath(server, c)
    const there = call ? present(call) : []
    return c.json({ participants: there.map((item) => formatParticipant(server, owner, item, getOrigin(c))) })
  })
  app.get('/conferences/:conference_id/participants/:participant_id', need('conferences.participants', 'read'), (c) => {
    const { owner, call } = getConferenceInPath(server, c)
    const wanted = c.req.param('participant_id')
    const participant = call && present(call).find(({ id }) => id === wanted || id === toLocalId(server, wanted))
    if (!participant) throw createNotFoundError('participant', wanted)
    return c.json({ participant: formatParticipant(server, owner, participant, getOrigin(c)) })
  })
  app.post('/conferences/:conference_id/participants', need('conferences.participants', 'write'), async (c) => {
    const conference = getOwnConferenceInPath(server, c)
    const { participant_id } = await readFields(c, invitee)
    const call = running(conference)
    const id = toInviteeId(server, participant_id, 'participant_id')
    const participant = join(server, call, id)
    server.effect('inviteParticipant', conference.id, { participant: id })
    callInvitees(server, conference, id)
    return c.json({ participant: formatParticipant(server, conference.owner, participant, getOrigin(c)) })
  })
  app.post('/conferences/:conference_id/invite', need('conferences.participants', 'write'), async (c) => {
    const conference = getOwnConferenceInPath(server, c)
    const { participants } = await readFields(c, invitees)
    const call = running(conference)
    const ids = participants.map((sent) => toInviteeId(server, sent, 'participants'))
    const joined = ids.map((id) => join(server, call, id))
    for (const id of ids) server.effect('inviteParticipant', conference.id, { participant: id })
    for (const id of ids) callInvitees(server, conference, id)
    // The format of the response is not published.
    const shown = joined.map((item) => formatParticipant(server, conference.owner, item, getOrigin(c)))
    return c.json({ participants: shown })
  })
}
