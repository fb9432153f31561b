import type { Context } from 'hono'
import { stopRecording } from './calls.ts'
import { conferenceInPath, ownConferenceInPath, sees } from './conference.ts'
import { notFound, notRunning } from './errors.ts'
import { uid } from './identity.ts'
import { pageFromOne } from './input.ts'
import { type Conference, type Env, type Recording, type Routes, type Server, seconds } from './model.ts'
import { guard } from './scopes.ts'
import { getOrigin } from '../origin.ts'

function showRecord({ id }: Conference, { name, bytes, created }: Recording, origin: string) {
  const download_url = `${origin}/api/v3/conferences/${id}/records/${encodeURIComponent(name)}/download`
  return { name, size: String(bytes.length), created, download_url }
}

/** How the log shows a recording is published for version 4 alone, which this follows. */
function showLogged(server: Server, { conference, record }: Logged, origin: string) {
  return {
    id: record.id,
    conference_id: conference.id,
    topic: conference.topic,
    name: record.name,
    owner: uid(server, conference.owner),
    size: record.bytes.length,
    download_url: `${origin}/api/v3.11/logs/recordings/${record.id}/download`,
    started_at: record.created,
  }
}

interface Logged {
  conference: Conference
  record: Recording
}

const film = (c: Context<Env>, { bytes }: Recording) =>
  c.body(new Uint8Array(bytes), 200, { 'content-type': 'video/x-matroska' })

/** All conferences' recordings, in one list. */
function recordingLogRoutes(app: Routes, server: Server): void {
  const need = guard(server)
  const logged = (c: Context<Env>): Logged[] =>
    [...server.data.conferences.values()]
      .filter((conference) => sees(c.get('grant'), conference))
      .flatMap((conference) => conference.records.map((record) => ({ conference, record })))
      .sort((a, b) => a.record.id - b.record.id)
  const inPath = (c: Context<Env>): Logged => {
    const id = c.req.param('record_id') ?? ''
    const found = logged(c).find(({ record }) => String(record.id) === id)
    if (!found) throw notFound('record', id)
    return found
  }

  app.get('/logs/recordings', need('conferences.records', 'read'), (c) => {
    const { items, cnt } = pageFromOne(c, logged(c), server.settings.maxPageSize)
    return c.json({ cnt, list: items.map((item) => showLogged(server, item, getOrigin(c))) })
  })
  app.get('/logs/recordings/:record_id', need('conferences.records', 'read'), (c) =>
    c.json(showLogged(server, inPath(c), getOrigin(c))),
  )
  app.get('/logs/recordings/:record_id/download', need('conferences.records', 'read'), (c) => film(c, inPath(c).record))
}

/** Recordings, made by start and stop. */
export function recordRoutes(app: Routes, server: Server): void {
  recordingLogRoutes(app, server)
  const need = guard(server)
  const recordInPath = (c: Context<Env>, conference: Conference): Recording => {
    const name = c.req.param('record_id') ?? ''
    const found = conference.records.find((record) => record.name === name)
    if (!found) throw notFound('record', name)
    return found
  }

  app.get('/conferences/:conference_id/records', need('conferences.records', 'read'), (c) => {
    const conference = conferenceInPath(server, c)
    return c.json({ records: conference.records.map((record) => showRecord(conference, record, getOrigin(c))) })
  })
  app.get('/conferences/:conference_id/records/:record_id', need('conferences.records', 'read'), (c) => {
    const conference = conferenceInPath(server, c)
    return c.json({ record: showRecord(conference, recordInPath(c, conference), getOrigin(c)) })
  })
  app.get('/conferences/:conference_id/records/:record_id/download', need('conferences.records', 'read'), (c) =>
    film(c, recordInPath(c, conferenceInPath(server, c))),
  )
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
    const record = stopRecording(server, conference)
    if (record) server.effect('stopRecord', conference.id, record.name)
    return c.json({ state: 'stopped' })
  })
}
