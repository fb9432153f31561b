import type { Context } from 'hono'
import { stopRecording } from './calls.ts'
import { conferenceInPath, ownConferenceInPath } from './conference.ts'
import { notFound, notRunning } from './errors.ts'
import { type Conference, type Env, type Recording, type Routes, type Server, seconds } from './model.ts'
import { guard } from './scopes.ts'
import { originOf } from './users.ts'

function showRecord({ id }: Conference, { name, bytes, created }: Recording, origin: string) {
  const download_url = `${origin}/api/v3/conferences/${id}/records/${encodeURIComponent(name)}/download`
  return { name, size: String(bytes.length), created, download_url }
}

/** Recordings, made by start and stop. */
export function recordRoutes(app: Routes, server: Server): void {
  const need = guard(server)
  const recordInPath = (c: Context<Env>, conference: Conference): Recording => {
    const name = c.req.param('record_id') ?? ''
    const found = conference.records.find((record) => record.name === name)
    if (!found) throw notFound('record', name)
    return found
  }

  app.get('/conferences/:conference_id/records', need('conferences.records', 'read'), (c) => {
    const conference = conferenceInPath(server, c)
    return c.json({ records: conference.records.map((record) => showRecord(conference, record, originOf(c))) })
  })
  app.get('/conferences/:conference_id/records/:record_id', need('conferences.records', 'read'), (c) => {
    const conference = conferenceInPath(server, c)
    return c.json({ record: showRecord(conference, recordInPath(c, conference), originOf(c)) })
  })
  app.get('/conferences/:conference_id/records/:record_id/download', need('conferences.records', 'read'), (c) => {
    const { bytes } = recordInPath(c, conferenceInPath(server, c))
    return c.body(new Uint8Array(bytes), 200, { 'content-type': 'video/x-matroska' })
  })
  app.post('/conferences/:conference_id/start-record', need('conferences.records', 'write'), (c) => {
    const conference = ownConferenceInPath(server, c)
    if (!conference.call) throw notRunning(conference.id)
    conference.recordingSince ??= seconds(server.now())
    server.effect('startRecord', conference.id)
    // These two answers are not published; they follow run and stop.
    return c.json({ state: 'recording' })
  })
  app.post('/conferences/:conference_id/stop-record', need('conferences.records', 'write'), (c) => {
    const conference = ownConferenceInPath(server, c)
    const record = stopRecording(conference)
    if (record) server.effect('stopRecord', conference.id, record.name)
    return c.json({ state: 'stopped' })
  })
}
