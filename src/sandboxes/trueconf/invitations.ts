import { getOrigin } from '../origin.ts'
import type { Context } from 'hono'
import { z } from 'zod'
import { toInvitation } from './conference-input.ts'
import { getConferenceInPath, getOwnConferenceInPath } from './conference.ts'
import { createNotFoundError, taken } from './errors.ts'
import { toLocalId } from './identity.ts'
import { readFields, text } from './input.ts'
import type { Conference, Env, Invitation, Routes, Server } from './model.ts'
import { guard } from './scopes.ts'
import { formatUser } from './users.ts'

const newInvitation = z.object({ id: text, display_name: text.optional() })
const rename = z.object({ display_name: text })

/** Formats an invitation with the fields of its user. A guest has no such fields. */
function formatInvitation(server: Server, conference: Conference, invitation: Invitation, origin: string) {
  const { id, display_name } = invitation
  const user = server.data.users.get(id)
  if (!user) return { id, display_name, is_owner: 0, type: 'custom' }
  const shown = formatUser(server, user, origin)
  const is_owner = conference.owner === id ? 1 : 0
  return { ...shown, display_name: display_name ?? shown.display_name, is_owner, type: 'user' }
}

/** Serves the invitations of a conference. */
export function serveInvitations(app: Routes, server: Server): void {
  const need = guard(server)
  const list = '/conferences/:conference_id/invitations'
  const one = `${list}/:invitation_id` as const
  const find = (c: Context<Env>, { invitations }: Conference): Invitation => {
    const id = c.req.param('invitation_id') ?? ''
    const invitation = invitations.find((item) => item.id === id || item.id === toLocalId(server, id))
    if (!invitation) throw createNotFoundError('invitation', id)
    return invitation
  }
  const show = (c: Context<Env>, conference: Conference, invitation: Invitation) =>
    c.json({ invitation: formatInvitation(server, conference, invitation, getOrigin(c)) })

  app.get(list, need('conferences.invitations', 'read'), (c) => {
    const conference = getConferenceInPath(server, c)
    const shown = conference.invitations.map((item) => formatInvitation(server, conference, item, getOrigin(c)))
    return c.json({ invitations: shown })
  })
  app.post(list, need('conferences.invitations', 'write'), async (c) => {
    const conference = getOwnConferenceInPath(server, c)
    const invitation = toInvitation(server, await readFields(c, newInvitation), 'id')
    if (conference.invitations.some(({ id }) => id === invitation.id)) throw taken('id')
    conference.invitations.unshift(invitation)
    server.effect('inviteParticipant', conference.id, { invitation: invitation.id })
    return show(c, conference, invitation)
  })
  app.get(one, need('conferences.invitations', 'read'), (c) => {
    const conference = getConferenceInPath(server, c)
    return show(c, conference, find(c, conference))
  })
  app.put(one, need('conferences.invitations', 'write'), async (c) => {
    const conference = getOwnConferenceInPath(server, c)
    const invitation = find(c, conference)
    Object.assign(invitation, await readFields(c, rename))
    server.effect('updateInvitation', conference.id, { invitation: invitation.id })
    return show(c, conference, invitation)
  })
  app.delete(one, need('conferences.invitations', 'write'), (c) => {
    const conference = getOwnConferenceInPath(server, c)
    const { id } = find(c, conference)
    conference.invitations = conference.invitations.filter((item) => item.id !== id)
    server.effect('removeParticipant', conference.id, { invitation: id })
    return c.json({ id })
  })
}
