import { getOrigin } from '../origin.ts'
import { z } from 'zod'
import { join, present, ring } from './calls.ts'
import { inviteeId } from './conference-input.ts'
import { conferenceInPath, ownConferenceInPath } from './conference.ts'
import { notFound, notRunning } from './errors.ts'
import { localId } from './identity.ts'
import { read, text } from './input.ts'
import type { Attendance, Call, Conference, Routes, Server } from './model.ts'
import { guard } from './scopes.ts'
import { showUser } from './users.ts'

const invitee = z.object({ participant_id: text })
const invitees = z.object({ participants: z.array(text).min(1) })

/** A participant with its user's fields; of a guest only the name is known. */
export function showParticipant(server: Server, owner: string, participant: Attendance, origin: string) {
  const { id, display_name, join_time } = participant
  const user = server.data.users.get(id)
  const shown = user ? showUser(server, user, origin) : { id, display_name }
  return { ...shown, join_time, is_owner: owner === id ? 1 : 0 }
}

function running({ id, call }: Conference): Call {
  if (!call) throw notRunning(id)
  return call
}

/** The people who are in a running conference. */
export function participantRoutes(app: Routes, server: Server): void {
  const need = guard(server)

  app.get('/conferences/:conference_id/participants', need('conferences.participants', 'read'), (c) => {
    const { owner, call } = conferenceInPath(server, c)
    const there = call ? present(call) : []
    return c.json({ participants: there.map((item) => showParticipant(server, owner, item, getOrigin(c))) })
  })
  app.get('/conferences/:conference_id/participants/:participant_id', need('conferences.participants', 'read'), (c) => {
    const { owner, call } = conferenceInPath(server, c)
    const wanted = c.req.param('participant_id')
    const found = call && present(call).find(({ id }) => id === wanted || id === localId(server, wanted))
    if (!found) throw notFound('participant', wanted)
    return c.json({ participant: showParticipant(server, owner, found, getOrigin(c)) })
  })
  app.post('/conferences/:conference_id/participants', need('conferences.participants', 'write'), async (c) => {
    const conference = ownConferenceInPath(server, c)
    const { participant_id } = await read(c, invitee)
    const call = running(conference)
    const id = inviteeId(server, participant_id, 'participant_id')
    const participant = join(server, call, id)
    server.effect('inviteParticipant', conference.id, { participant: id })
    ring(server, conference, id)
    return c.json({ participant: showParticipant(server, conference.owner, participant, getOrigin(c)) })
  })
  app.post('/conferences/:conference_id/invite', need('conferences.participants', 'write'), async (c) => {
    const conference = ownConferenceInPath(server, c)
    const { participants } = await read(c, invitees)
    const call = running(conference)
    const ids = participants.map((sent) => inviteeId(server, sent, 'participants'))
    const joined = ids.map((id) => join(server, call, id))
    for (const id of ids) server.effect('inviteParticipant', conference.id, { participant: id })
    for (const id of ids) ring(server, conference, id)
    // The answer's shape is not published.
    const shown = joined.map((item) => showParticipant(server, conference.owner, item, getOrigin(c)))
    return c.json({ participants: shown })
  })
}
