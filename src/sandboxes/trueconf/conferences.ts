import { endCall, callInvitees, startCall } from './calls.ts'
import { changeConference, changes, createConference, newConference } from './conference-input.ts'
import { getConferenceInPath, getOwnConferenceInPath, canSee, formatConference } from './conference.ts'
import { forbidden } from './errors.ts'
import { createPageFromOne, readFields } from './input.ts'
import { type Routes, type Server, seconds } from './model.ts'
import { guard } from './scopes.ts'
import { getOrigin } from '../origin.ts'

export function conferenceRoutes(app: Routes, server: Server): void {
  const { conferences } = server.data
  const need = guard(server)

  app.get('/conferences', need('conferences', 'read'), (c) => {
    const { state, tag } = c.req.query()
    const matches = [...conferences.values()].filter(
      (conference) =>
        canSee(c.get('grant'), conference) &&
        (!state || state === (conference.call ? 'running' : 'stopped')) &&
        (!tag || conference.tags.includes(tag)),
    )
    const { items, cnt } = createPageFromOne(c, matches, server.settings.maxPageSize)
    const origin = getOrigin(c)
    return c.json({ cnt, conferences: items.map((item) => formatConference(server, item, { origin })) })
  })
  app.get('/conferences/:conference_id', need('conferences', 'read'), (c) =>
    c.json({ conference: formatConference(server, getConferenceInPath(server, c), { origin: getOrigin(c) }) }),
  )
  app.post('/conferences', need('conferences', 'write'), async (c) => {
    const input = await readFields(c, newConference)
    const conference = createConference(server, input)
    const { userId } = c.get('grant')
    if (userId !== null && conference.owner !== userId) throw forbidden()
    conferences.set(conference.id, conference)
    server.effect('createConference', conference.id, input)
    return c.json({ conference: formatConference(server, conference, { origin: getOrigin(c), nameless: true }) })
  })
  app.put('/conferences/:conference_id', need('conferences', 'write'), async (c) => {
    const conference = getOwnConferenceInPath(server, c)
    const changed = changeConference(server, conference, await readFields(c, changes))
    Object.assign(conference, changed)
    server.effect('updateConference', conference.id, changed)
    return c.json({ conference: formatConference(server, conference, { origin: getOrigin(c) }) })
  })
  app.delete('/conferences/:conference_id', need('conferences', 'write'), (c) => {
    const conference = getOwnConferenceInPath(server, c)
    endCall(server, conference, seconds(server.now()))
    conferences.delete(conference.id)
    server.effect('deleteConference', conference.id)
    const status = server.settings.deleteStatus ?? (c.req.path.startsWith('/api/v3.11/') ? 204 : 200)
    return status === 204 ? c.body(null, 204) : c.json({ id: conference.id })
  })
  // Starting a running conference and stopping a stopped one have no effect and are no error.
  app.post('/conferences/:conference_id/run', need('conferences', 'write'), (c) => {
    const conference = getOwnConferenceInPath(server, c)
    if (!conference.call) {
      startCall(server, conference)
      server.effect('runConference', conference.id)
      callInvitees(server, conference, null)
    }
    return c.json({ state: 'running' })
  })
  app.post('/conferences/:conference_id/stop', need('conferences', 'write'), (c) => {
    const conference = getOwnConferenceInPath(server, c)
    if (conference.call) {
      endCall(server, conference, seconds(server.now()))
      server.effect('endConference', conference.id)
    }
    return c.json({ state: 'stopped' })
  })
}
