import type { Context } from 'hono'
import { stopRecording } from './calls.ts'
import { getConferenceInPath, getOwnConferenceInPath, canSee } from './conference.ts'
import { createNotFoundError, createNotRunningError } from './errors.ts'
import { uid } from './identity.ts'
import { createPageFromOne } from './input.ts'
import { type Conference, type Env, type Recording, type Routes, type Server, seconds } from './model.ts'
import { guard } from './scopes.ts'
import { serveFile } from '../generated-file.ts'
import { getOrigin } from '../origin.ts'

function showRecord({ id }: Conference, { name, size, created }: Recording, origin: string) {
  const download_url = `${origin}/api/v3/conferences/${id}/records/${encodeURIComponent(name)}/download`
  return { name, size: String(size), created, download_url }
}

/** Formats a recording as in version 4 of the API, because the format of version 3 is not published. */
function formatLoggedRecording(server: Server, { conference, record }: Logged, origin: string) {
  return {
    id: record.id,
    conference_id: conference.id,
    topic: conference.topic,
    name: record.name,
    owner: uid(server, conference.owner),
    size: record.size,
    download_url: `${origin}/api/v3.11/logs/recordings/${record.id}/download`,
    started_at: record.created,
  }
}

interface Logged {
  conference: Conference
  record: Recording
}

const createSender = (server: Server) => (c: Context<Env>, record: Recording) =>
  serveFile(c, record, server.settings.acceptsRanges)

/** Serves the list of all recordings. */
function serveRecordingLog(app: Routes, server: Server): void {
  const need = guard(server)
  const send = createSender(server)
  const logged = (c: Context<Env>): Logged[] =>
    [...server.data.conferences.values()]
      .filter((conference) => canSee(c.get('grant'), conference))
      .flatMap((conference) => conference.records.map((record) => ({ conference, record })))
      .sort((a, b) => a.record.id - b.record.id)
  const inPath = (c: Context<Env>): Logged => {
    const id = c.req.param('record_id') ?? ''
    const logEntry = logged(c).find(({ record }) => String(record.id) === id)
    if (!logEntry) throw createNotFoundError('record', id)
    return logEntry
  }

  app.get('/logs/recordings', need('conferences.records', 'read'), (c) => {
    const { items, cnt } = createPageFromOne(c, logged(c), server.settings.maxPageSize)
    return c.json({ cnt, list: items.map((item) => formatLoggedRecording(server, item, getOrigin(c))) })
  })
  app.get('/logs/recordings/:record_id', need('conferences.records', 'read'), (c) =>
    c.json(formatLoggedRecording(server, inPath(c), getOrigin(c))),
  )
  app.get('/logs/recordings/:record_id/download', need('conferences.records', 'read'), (c) => send(c, inPath(c).record))
}

/** Serves the recordings of a conference, and their start and stop. */
export function serveRecordings(app: Routes, server: Server): void {
  serveRecordingLog(app, server)
  const need = guard(server)
  const send = createSender(server)
  const recordInPath = (c: Context<Env>, conference: Conference): Recording => {
    const name = c.req.param('record_id') ?? ''
    const recording = conference.records.find((record) => record.name === name)
    if (!recording) throw createNotFoundError('record', name)
    return recording
  }

  app.get('/conferences/:conference_id/records', need('conferences.records', 'read'), (c) => {
    const conference = getConferenceInPath(server, c)
    return c.json({ records: conference.records.map((record) => showRecord(conference, record, getOrigin(c))) })
  })
  app.get('/conferences/:conference_id/records/:record_id', need('conferences.records', 'read'), (c) => {
    const conference = getConferenceInPath(server, c)
    return c.json({ record: showRecord(conference, recordInPath(c, conference), getOrigin(c)) })
  })
  app.get('/conferences/:conference_id/records/:record_id/download', need('conferences.records', 'read'), (c) =>
    send(c, recordInPath(c, getConferenceInPath(server, c))),
  )
  app.post('/conferences/:conference_id/start-record', need('conferences.records', 'write'), (c) => {
    const conference = getOwnConferenceInPath(server, c)
    if (!conference.call) throw createNotRunningError(conference.id)
    conference.recordingSince ??= seconds(server.now())
    server.effect('startRecord', conference.id)
    // This response and the next one are not published. They are modeled on run and stop.
    return c.json({ state: 'recording' })
  })
  app.post('/conferences/:conference_id/stop-record', need('conferences.records', 'write'), (c) => {
    const conference = getOwnConferenceInPath(server, c)
    const record = stopRecording(server, conference, seconds(server.now()))
    if (record) server.effect('stopRecord', conference.id, record.name)
    return c.json({ state: 'stopped' })
  })
}
