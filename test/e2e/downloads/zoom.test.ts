import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashFile } from '../../../src/sandboxes/generated-file.ts'
import { createRecordingFile } from '../../../src/sandboxes/zoom/recording-files.ts'
import { start, type RecordingFile, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { createDataFolder } from '../../operations/open.ts'
import { startInProcess } from '../../support/server-in-process.ts'
import { createApiClient } from './fixture.ts'

const clients = [createApiClient('ada'), createApiClient('reader', { scopes: ['read'] })]
const lines: string[] = []
const data = createDataFolder()
let zoom: ZoomSandbox
let server: Awaited<ReturnType<typeof startInProcess>>
let video: RecordingFile
let pending: RecordingFile

beforeAll(async () => {
  zoom = await start({ seed: { active: 60, inactive: 0, pending: 0 } })
  const [session] = [...zoom.data.meetings.values()].find(({ past }) => past.length > 0)!.past
  session!.recordings.length = 0
  video = createRecordingFile('video', session!, { size: 2_500_000, listedSize: 2_499_000 })
  pending = createRecordingFile('pending', session!, { status: 'processing' })
  session!.recordings.push(video, pending)
  server = await startInProcess({ accounts: { zoom: zoom.account }, clients, limits: {}, data, lines })
})
beforeEach(() => {
  zoom.ledger.length = 0
  zoom.clearFaults()
  Object.assign(zoom.switches, { downloadTokens: true, passcodePage: false })
})
afterAll(async () => {
  await server.stopNow()
  await zoom.close()
  rmSync(data, { recursive: true, force: true })
})

async function sendQuery(query: string, { key = 'ada', url = server.url, headers = {} } = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as { data: any; errors?: { path: unknown[]; extensions: { code: string } }[] }
}

/** SHA-256 of the video at the vendor. */
const sourceHash = (): string => hashFile({ seed: video.id, size: video.size })

const list = (fields: string) =>
  `{ recordings(filter: { startedFrom: "2020-01-01T00:00:00Z" }, first: 100) { nodes { vendorId ${fields} } } }`

async function findRecording(fields: string, id = video.id, options = {}) {
  const { data, errors } = await sendQuery(list(fields), options)
  const nodes = data.recordings.nodes as Record<string, any>[]
  return { recording: nodes.find(({ vendorId }) => vendorId === id)!, errors }
}

const getUrl = async (): Promise<string> => (await findRecording('downloadUrl')).recording['downloadUrl'] as string

async function download(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers })
  const body = Buffer.from(await response.arrayBuffer())
  const sha256 = createHash('sha256').update(body).digest('hex')
  const code = response.status < 400 ? null : JSON.parse(body.toString()).errors[0].extensions.code
  return { status: response.status, headers: response.headers, body, sha256, code }
}

describe('downloadUrl', () => {
  test('downloads the file that the vendor has, and makes no vendor call of its own', async () => {
    await sendQuery(list('id'))
    const calls = zoom.ledger.filter(({ path }) => path !== '/oauth/token').length
    zoom.ledger.length = 0
    const url = await getUrl()
    expect(zoom.ledger).toHaveLength(calls)
    expect(url.startsWith(`${server.url}/recordings/`)).toBe(true)
    const { status, headers, sha256 } = await download(url)
    expect(status).toBe(200)
    expect(sha256).toBe(sourceHash())
    expect(headers.get('content-length')).toBe(`${video.size}`)
    expect(headers.get('content-type')).toBe('video/mp4')
  })

  test('requires the scope recordings, and leaves the rest of the response', async () => {
    const { recording, errors } = await findRecording('name downloadUrl playUrl', video.id, { key: 'reader' })
    expect(recording).toMatchObject({
      name: expect.stringContaining('.mp4') as string,
      downloadUrl: null,
      playUrl: null,
    })
    expect(new Set(errors!.map(({ extensions }) => extensions.code))).toEqual(new Set(['FORBIDDEN']))
    expect(new Set(errors!.map(({ path }) => path.at(-1)))).toEqual(new Set(['downloadUrl', 'playUrl']))
  })

  test('is null while the file is being prepared', async () => {
    const { recording } = await findRecording('state downloadUrl', pending.id)
    expect(recording).toMatchObject({ state: 'PROCESSING', downloadUrl: null })
  })

  test.each([59, 86_401, -1])('rejects expiresIn %i', async (expiresIn) => {
    const { errors } = await findRecording(`downloadUrl(expiresIn: ${expiresIn})`)
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  test('begins with the address of the request, and ignores headers of an untrusted proxy', async () => {
    const headers = { 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'https' }
    const { recording } = await findRecording('downloadUrl', video.id, { headers })
    expect(recording['downloadUrl']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/recordings\/[\w-]+\/[^/]+\.mp4$/)
  })

  test.each([
    ['publicUrl', { publicUrl: 'https://meet.example.com', trustProxy: true }, 'https://meet.example.com/recordings/'],
    [
      'the address that a trusted proxy reports, with the base path',
      { trustProxy: true, basePath: '/parley' },
      'https://proxy.example.com/parley/recordings/',
    ],
  ])('begins with %s', async (_, settings, start) => {
    const folder = createDataFolder()
    const accounts = { zoom: zoom.account }
    const other = await startInProcess({ accounts, clients, limits: {}, data: folder, lines, ...settings })
    const headers = {
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-host': 'proxy.example.com',
      'x-forwarded-proto': 'https',
    }
    const { recording } = await findRecording('downloadUrl', video.id, { url: other.url, headers })
    expect(recording['downloadUrl'].startsWith(start)).toBe(true)
    await other.stopNow()
    rmSync(folder, { recursive: true, force: true })
  })

  test('contains nothing of the vendor', async () => {
    const url = await getUrl()
    const [, , , , token = ''] = url.split('/')
    const decoded = Buffer.from(token, 'base64url').toString('latin1')
    for (const secret of [video.id, 'zoom', 'ada']) expect(decoded).not.toContain(secret)
  })
})

describe('a download from Zoom', () => {
  test('requests a new URL, and sends the token to the first origin only', async () => {
    const url = await getUrl()
    zoom.ledger.length = 0
    const { status, sha256 } = await download(url, { range: 'bytes=0-' })
    expect(status).toBe(206)
    expect(sha256).toBe(sourceHash())
    expect(zoom.ledger.map(({ path }) => path.replace(/[^/]{20,}/g, '*'))).toEqual([
      expect.stringMatching(/^\/v2\/meetings\/.*\/recordings$/),
      '/rec/download/*',
      '/rec/signed/*',
    ])
    expect(zoom.ledger.map(({ headerNames }) => headerNames.includes('authorization'))).toEqual([true, true, false])
    expect(zoom.ledger[0]!.query).toBe('include_fields=download_access_token')
  })

  test('sends nothing of the page that asks for a passcode', async () => {
    const url = await getUrl()
    zoom.switches.passcodePage = true
    const { status, code, body } = await download(url)
    expect({ status, code }).toEqual({ status: 502, code: 'VENDOR_BAD_RESPONSE' })
    expect(body.toString()).not.toMatch(/html|Enter the passcode/i)
  })

  test('uses the token of the account if Zoom reports none for the file', async () => {
    const url = await getUrl()
    zoom.switches.downloadTokens = false
    expect(await download(url)).toMatchObject({ status: 200, sha256: sourceHash() })
  })

  test('uses the token of the account once, and renews it once, if the file host rejects tokens', async () => {
    const url = await getUrl()
    zoom.fault({ match: { path: /rec\/download/ }, kind: 'status', status: 401, body: '{}' })
    zoom.ledger.length = 0
    expect(await download(url)).toMatchObject({ status: 502, code: 'VENDOR_BAD_RESPONSE' })
    const paths = zoom.ledger.map(({ path }) => path)
    expect(paths.filter((path) => path.startsWith('/rec/download'))).toHaveLength(3)
    expect(paths.filter((path) => path === '/oauth/token')).toHaveLength(1)
    // The account itself stays usable.
    expect((await sendQuery('{ users(first: 1) { sources { status } } }')).data.users.sources).toEqual([
      { status: 'OK' },
    ])
  })

  test.each([
    ['an expired file token', 1, 200],
    ['an expired token of the account, too', 2, 200],
  ])('downloads in spite of %s', async (_, times, expected) => {
    const url = await getUrl()
    zoom.fault({ match: { path: /rec\/download/ }, kind: 'status', status: 401, body: '{}', times })
    expect(await download(url)).toMatchObject({ status: expected, sha256: sourceHash() })
  })

  test.each([
    ['is down', { kind: 'status', status: 503, body: '{}' }, 'VENDOR_UNAVAILABLE'],
    [
      'is throttled',
      { kind: 'status', status: 429, body: '{}', headers: { 'retry-after': '7' } },
      'VENDOR_RATE_LIMITED',
    ],
    ['closes the connection', { kind: 'reset' }, 'VENDOR_UNAVAILABLE'],
  ] as const)('responds with 503 and Retry-After if the file host %s', async (_, fault, expected) => {
    const url = await getUrl()
    zoom.fault({ match: { path: /rec\/signed/ }, ...fault })
    const { status, code, headers } = await download(url)
    expect({ status, code }).toEqual({ status: 503, code: expected })
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('responds with 404 if the recording was deleted', async () => {
    const url = await getUrl()
    video.trashed = Date.now()
    expect(await download(url)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    video.trashed = null
  })

  test('leaves no link and no token in the log', async () => {
    const url = await getUrl()
    await download(url)
    const log = lines.join('')
    expect(log).toContain('"msg":"download"')
    for (const secret of [url.split('/')[4]!.slice(0, 30), '/rec/', 'Signature=', 'passcode'])
      expect(log).not.toContain(secret)
  })
})
