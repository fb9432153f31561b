import { createHmac, randomBytes } from 'node:crypto'
import { serveFile } from '../generated-file.ts'
import type { ZoomContext } from './context.ts'
import { createFileKey } from './recording-view.ts'
import type { Service } from './service.ts'
import { minute } from './time.ts'
import type { Instance, RecordingFile } from './world.ts'

/** A download of a recording from a signed URL. */
export interface Download {
  fileId: string
  /** Value of the header `Range`. Null if there was none. */
  range: string | null
  /** Null while bytes are being sent. */
  end: 'complete' | 'aborted' | null
}

export interface FileHost {
  getOrigin(): string
  downloads: Download[]
  /** Issues a token that downloads the recordings of a session for `ttl` seconds. */
  issueToken(uuid: string, ttl: number): string
}

interface Recorded {
  instance: Instance
  file: RecordingFile
}

const contentTypes: Record<string, string> = {
  MP4: 'video/mp4',
  M4A: 'audio/mp4',
  VTT: 'text/vtt',
  TXT: 'text/plain',
  CSV: 'text/csv',
  JSON: 'application/json',
}
const passcodePage = '<!DOCTYPE html><title>Passcode Required</title><h1>Enter the passcode to view this recording</h1>'
/** TTL of signed URLs. */
const signatureLife = minute

/**
 * Serves the bytes of recordings. `/rec/download/{key}` requires a bearer token and redirects to a signed URL at another origin,
 * which rejects any second credential.
 */
export function serveFileHost(service: Service): FileHost {
  const { app, world, now, switches, auth } = service
  const getOrigin = service.addOrigin()
  const secret = randomBytes(32)
  const downloads: Download[] = []
  const tokens = new Map<string, { uuid: string; ends: number }>()

  const sign = (key: string, expires: string): string =>
    createHmac('sha256', secret).update(`${key}:${expires}`).digest('base64url')

  function findRecorded(c: ZoomContext): Recorded | undefined {
    for (const { past } of world.meetings.values())
      for (const instance of past)
        for (const file of instance.recordings)
          if (createFileKey(file) === c.req.param('key')) return { instance, file }
    return undefined
  }

  const isDownloadable = ({ file }: Recorded): boolean => file.status === 'completed' && file.trashed === null

  async function isAllowed(c: ZoomContext, { instance }: Recorded): Promise<boolean> {
    const bearer = /^bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? c.req.query('access_token') ?? ''
    const token = tokens.get(bearer)
    if (token) return token.uuid === instance.uuid && now() < token.ends
    try {
      await auth.checkToken(bearer, ['cloud_recording:read:list_recording_files:admin', 'recording:read:admin'])
      return true
    } catch {
      return false
    }
  }

  app.get('/rec/download/:key', async (c) => {
    if (switches.passcodePage) return c.html(passcodePage)
    const recorded = findRecorded(c)
    if (!recorded || !isDownloadable(recorded)) return c.html('<h1>This recording does not exist.</h1>', 404)
    if (!(await isAllowed(c, recorded)))
      return c.json({ status: false, errorCode: 401, errorMessage: 'Forbidden' }, 401)
    const [key, expires] = [createFileKey(recorded.file), String(Math.floor((now() + signatureLife) / 1000))]
    const query = new URLSearchParams({ Expires: expires, Signature: sign(key, expires) })
    return c.redirect(`${getOrigin()}/rec/signed/${key}?${query}`, 302)
  })

  app.get('/rec/signed/:key', (c) => {
    const { Expires = '', Signature, access_token } = c.req.query()
    const xml = { 'content-type': 'application/xml' }
    if (c.req.header('authorization') !== undefined || access_token !== undefined)
      return c.body(
        '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
        400,
        xml,
      )
    if (Signature !== sign(c.req.param('key'), Expires) || now() >= Number(Expires) * 1000)
      return c.body('<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>', 403, xml)
    const recorded = findRecorded(c)
    if (!recorded || !isDownloadable(recorded)) return c.body('<Error><Code>NoSuchKey</Code></Error>', 404, xml)
    return send(c, recorded.file)
  })

  function send(c: ZoomContext, { id, size, content, file_extension }: RecordingFile): Response {
    const { outgoing } = c.env
    if (c.req.method === 'GET') {
      const download: Download = { fileId: id, range: c.req.header('range') ?? null, end: null }
      downloads.push(download)
      outgoing.once('close', () => void (download.end = outgoing.writableFinished ? 'complete' : 'aborted'))
    }
    const contentType = contentTypes[file_extension] ?? 'binary/octet-stream'
    return serveFile(c, { seed: id, size, content, contentType }, switches.ranges)
  }

  app.get('/rec/play/:key', (c) => {
    const recorded = findRecorded(c)
    return recorded ? c.html(passcodePage) : c.html('<h1>This recording does not exist.</h1>', 404)
  })

  return {
    getOrigin,
    downloads,
    issueToken(uuid, ttl) {
      for (const [token, { ends }] of tokens) if (ends <= now()) tokens.delete(token)
      const token = randomBytes(32).toString('base64url')
      tokens.set(token, { uuid, ends: now() + ttl * 1000 })
      return token
    },
  }
}
