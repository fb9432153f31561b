import { getOrigin } from '../origin.ts'
import type { Context } from 'hono'
import { z } from 'zod'
import { toInvitation } from './conference-input.ts'
import { conferenceInPath, ownConferenceInPath } from './conference.ts'
import { notFound, taken } from './errors.ts'
import { localId } from './identity.ts'
import { read, text } from './input.ts'
import type { Conference, Env, Invitation, Routes, Server } from './model.ts'
import { guard } from './scopes.ts'
import { showUser } from './users.ts'

const newInvitation = z.object({ id: text, display_name: text.optional() })
const rename = z.object({ display_name: text })

/** An invitation with its user's fields; a guest's has none. */
function showInvitation(server: Server, conference: Conference, invitation: Invitation, origin: string) {
  const { id, display_name } = invitation
  const user = server.data.users.get(id)
  if (!user) return { id, display_name, is_owner: 0, type: 'custom' }
  const shown = showUser(server, user, origin)
  const is_owner = conference.owner === id ? 1 : 0
  return { ...shown, display_name: display_name ?? shown.display_name, is_owner, type: 'user' }
}

/** The people whom a conference plans for. */
export function invitationRoutes(app: Routes, server: Server): void {
  const need = guard(server)
  const list = '/conferences/:conference_id/invitations'
  const one = `${list}/:invitation_id` as const
  const find = (c: Context<Env>, { invitations }: Conference): Invitation => {
    const id = c.req.param('invitation_id') ?? ''
    const found = invitations.find((item) => item.id === id || item.id === localId(server, id))
    if (!found) throw notFound('invitation', id)
    return found
  }
  const show = (c: Context<Env>, conference: Conference, invitation: Invitation) =>
    c.json({ invitation: showInvitation(server, conference, invitation, getOrigin(c)) })

  app.get(list, need('conferences.invitations', 'read'), (c) => {
    const conference = conferenceInPath(server, c)
    const shown = conference.invitations.map((item) => showInvitation(server, conference, item, getOrigin(c)))
    return c.json({ invitations: shown })
  })
  app.post(list, need('conferences.invitations', 'write'), async (c) => {
    const conference = ownConferenceInPath(server, c)
    const invitation = toInvitation(server, await read(c, newInvitation), 'id')
    if (conference.invitations.some(({ id }) => id === invitation.id)) throw taken('id')
    conference.invitations.unshift(invitation)
    server.effect('inviteParticipant', conference.id, { invitation: invitation.id })
    return show(c, conference, invitation)
  })
  app.get(one, need('conferences.invitations', 'read'), (c) => {
    const conference = conferenceInPath(server, c)
    return show(c, conference, find(c, conference))
  })
  app.put(one, need('conferences.invitations', 'write'), async (c) => {
    const conference = ownConferenceInPath(server, c)
    const invitation = find(c, conference)
    Object.assign(invitation, await read(c, rename))
    server.effect('updateInvitation', conference.id, { invitation: invitation.id })
    return show(c, conference, invitation)
  })
  app.delete(one, need('conferences.invitations', 'write'), (c) => {
    const conference = ownConferenceInPath(server, c)
    const { id } = find(c, conference)
    conference.invitations = conference.invitations.filter((item) => item.id !== id)
    server.effect('removeParticipant', conference.id, { invitation: id })
    return c.json({ id })
  })
}
