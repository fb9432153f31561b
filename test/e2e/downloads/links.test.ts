import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { serveBytes } from './file-host.ts'
import { createApiClient, createPath, fileName, startDownloadFixture, type DownloadFixture } from './fixture.ts'

const bytes = Buffer.from('the bytes of a recording')
let fixture: DownloadFixture

beforeAll(async () => {
  fixture = await startDownloadFixture(serveBytes(bytes), {
    clients: [
      createApiClient('ada'),
      createApiClient('reader', { scopes: ['read'] }),
      createApiClient('elsewhere', { accounts: ['other'] }),
    ],
    accounts: {
      other: { vendor: 'trueconf', serverUrl: 'http://127.0.0.1:9', clientId: 'id', clientSecret: 'secret-2' },
    },
  })
})
beforeEach(() => {
  fixture.host.requests.length = 0
})
afterAll(() => fixture.close())

async function get(path: string, method = 'GET') {
  const response = await fetch(fixture.url + path, { method })
  const text = await response.text()
  const error = text.startsWith('{') ? JSON.parse(text).errors[0] : null
  return { status: response.status, headers: response.headers, text, error, code: error?.extensions.code }
}

test('needs no credentials but the link, and no cookie', async () => {
  const { status, text, headers } = await get(createPath())
  expect({ status, text }).toEqual({ status: 200, text: bytes.toString() })
  expect(headers.get('set-cookie')).toBeNull()
})

test('rejects a link in which any character was changed with 404, without a vendor call', async () => {
  const path = createPath()
  const start = '/recordings/'.length
  for (let index = start; index < path.length; index++) {
    if (path[index] === '/') continue
    const other = path[index] === 'A' ? 'B' : 'A'
    const { status, code } = await get(path.slice(0, index) + other + path.slice(index + 1))
    expect({ index, status, code }).toEqual({ index, status: 404, code: 'NOT_FOUND' })
  }
  expect(fixture.host.requests).toEqual([])
})

test('rejects every other last character of the token, although some decode to the same bytes', async () => {
  const [, , token = '', name = ''] = createPath().split('/')
  for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=') {
    if (character === token.at(-1)) continue
    expect((await get(`/recordings/${token.slice(0, -1)}${character}/${name}`)).status).toBe(404)
  }
  expect(fixture.host.requests).toEqual([])
})

test.each([
  ['another file name', createPath().replace(/[^/]*$/, 'other.mkv')],
  ['an empty token', `/recordings//${fileName}`],
  ['a token of 41 KB', `/recordings/${'A'.repeat(41_000)}/a.mkv`],
  ['a token of 8 KB', `/recordings/${'A'.repeat(8_000)}/a.mkv`],
  ['a name that is not UTF-8', createPath().replace(/[^/]*$/, '%ff.mkv')],
])('rejects %s with 404', async (_, path) => {
  expect(await get(path)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  expect(fixture.host.requests).toEqual([])
})

test('rejects a link that has expired with 410', async () => {
  const { status, error } = await get(createPath({ expiresAt: Date.now() - 1_000 }))
  expect(status).toBe(410)
  expect(error).toEqual({
    message: expect.stringContaining('expired') as string,
    extensions: { code: 'LINK_EXPIRED', kind: 'NOT_FOUND', retryable: false, requestId: expect.any(String) as string },
  })
  expect(fixture.host.requests).toEqual([])
})

test.each([
  ['has lost the scope', { caller: 'reader' }],
  ['has lost the account', { caller: 'elsewhere' }],
  ['is no longer configured', { caller: 'nobody' }],
  ['was the local caller of a server without authentication', { caller: 'local' }],
  ['is the subject of an issuer that is no longer configured', { caller: 'jwt:ada' }],
  ['used an account that is no longer configured', { account: 'paris' }],
])('rejects a link whose caller %s with 403', async (_, changes) => {
  const { status, error } = await get(createPath(changes))
  expect(status).toBe(403)
  expect(Object.keys(error.extensions).toSorted()).toEqual(['code', 'kind', 'requestId', 'retryable'])
  expect(fixture.host.requests).toEqual([])
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('rejects %s with 405', async (method) => {
  const { status, headers, code } = await get(createPath(), method)
  expect({ status, code, allow: headers.get('allow') }).toEqual({
    status: 405,
    code: 'BAD_USER_INPUT',
    allow: 'GET, HEAD',
  })
  expect(fixture.host.requests).toEqual([])
})

test('logs caller, account, status, and bytes, and no part of the link', async () => {
  const path = createPath()
  await get(path)
  await expect.poll(() => fixture.lines.some((line) => line.includes('"msg":"download"'))).toBe(true)
  const lines = fixture.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.findLast(({ msg }) => msg === 'download')).toMatchObject({
    caller: 'ada',
    account: 'berlin',
    recording: Buffer.from('Recording:berlin:42:record.mkv').toString('base64url'),
    status: 200,
    outcome: 'complete',
    bytes: bytes.length,
  })
  const token = path.split('/')[2]!
  expect(fixture.lines.join('')).not.toContain(token.slice(0, 20))
  expect(fixture.lines.join('')).not.toContain('Weekly')
})

test('accepts a link after a restart, and in another process with the same secret', async () => {
  const other = await startDownloadFixture(serveBytes(bytes))
  const path = createPath()
  expect((await get(path)).status).toBe(200)
  expect((await fetch(other.url + path)).status).toBe(200)
  await other.close()
  const foreign = await startDownloadFixture(serveBytes(bytes), {
    cursorSecret: 'another-secret-of-at-least-32-characters',
  })
  expect((await fetch(foreign.url + path)).status).toBe(404)
  await foreign.close()
})
