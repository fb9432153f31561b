import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { serveBytes } from './file-host.ts'
import { createPath, fileName, startDownloadFixture, type DownloadFixture } from './fixture.ts'

const bytes = randomBytes(3_000_000)
const size = bytes.length
let fixture: DownloadFixture

beforeAll(async () => {
  fixture = await startDownloadFixture(serveBytes(bytes), { cors: { origins: ['https://app.example.com'] } })
})
beforeEach(() => {
  fixture.host.requests.length = 0
  fixture.host.serve = serveBytes(bytes)
})
afterAll(() => fixture.close())

async function get(headers: Record<string, string> = {}, method = 'GET', path = createPath()) {
  const response = await fetch(fixture.url + path, { method, headers })
  return {
    response,
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  }
}

test('sends the whole file with the headers of a download', async () => {
  const { status, headers, body } = await get()
  expect(status).toBe(200)
  expect(body.equals(bytes)).toBe(true)
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-length': `${size}`,
    'content-type': 'video/x-matroska',
    'content-disposition': `attachment; filename="${fileName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'accept-ranges': 'bytes',
    etag: '"v1"',
  })
  const [request] = fixture.host.requests
  expect(request).toMatchObject({ method: 'GET', url: '/api/v3.8/conferences/42/records/record.mkv/download' })
  expect(request!.headers).toMatchObject({ authorization: 'Bearer token-1', 'accept-encoding': 'identity' })
})

test.each([
  ['bytes=0-999', 0, 999],
  ['bytes=2500000-', 2_500_000, size - 1],
  ['bytes=-500', size - 500, size - 1],
  ['Bytes=10-10', 10, 10],
  ['bytes=2999999-9999999', size - 1, size - 1],
])('sends the range %s with 206', async (range, first, last) => {
  const { status, headers, body } = await get({ range })
  expect(status).toBe(206)
  expect(headers.get('content-range')).toBe(`bytes ${first}-${last}/${size}`)
  expect(headers.get('content-length')).toBe(`${last - first + 1}`)
  expect(body.equals(bytes.subarray(first, last + 1))).toBe(true)
})

test('rejects a range behind the end with 416 and the size', async () => {
  const { status, headers, body } = await get({ range: `bytes=${size}-` })
  expect(status).toBe(416)
  expect(headers.get('content-range')).toBe(`bytes */${size}`)
  expect(body).toHaveLength(0)
})

test.each(['bytes=0-1,5-6', 'bytes=9-1', 'items=0-1', 'bytes=-', 'bytes=a-b'])(
  'sends the whole file for the range %s',
  async (range) => {
    const { status, body } = await get({ range })
    expect(status).toBe(200)
    expect(body.equals(bytes)).toBe(true)
    expect(fixture.host.requests[0]!.headers.range).toBeUndefined()
  },
)

test('sends the whole file if the vendor ignores ranges', async () => {
  fixture.host.serve = (_, response) => response.writeHead(200, { 'content-length': size }).end(bytes)
  const { status, headers, body } = await get({ range: 'bytes=5-' })
  expect(status).toBe(200)
  expect(headers.get('accept-ranges')).toBeNull()
  expect(body.equals(bytes)).toBe(true)
})

test.each([
  ['"v1"', 206],
  ['"v0"', 200],
])('passes If-Range %s to the vendor', async (ifRange, expected) => {
  const { status } = await get({ range: 'bytes=0-9', 'if-range': ifRange })
  expect(status).toBe(expected)
  expect(fixture.host.requests[0]!.headers['if-range']).toBe(ifRange)
})

describe('HEAD', () => {
  test('returns the headers of GET', async () => {
    const { status, headers, body } = await get({}, 'HEAD')
    const full = await get()
    const compared = ['content-length', 'content-type', 'content-disposition', 'accept-ranges', 'etag']
    expect(status).toBe(200)
    expect(body).toHaveLength(0)
    for (const name of compared) expect(headers.get(name)).toBe(full.headers.get(name))
    expect(fixture.host.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET'])
  })

  test('returns the headers of a range', async () => {
    const { status, headers } = await get({ range: 'bytes=10-19' }, 'HEAD')
    expect(status).toBe(206)
    expect(headers.get('content-length')).toBe('10')
  })

  test.each([
    ['rejects HEAD', 405],
    ['does not know HEAD', 404],
  ])('returns the headers of GET if the vendor %s', async (_, headStatus) => {
    fixture.host.serve = (request, response) => {
      if (request.method === 'HEAD') response.writeHead(headStatus).end()
      else serveBytes(bytes)(request, response)
    }
    const { status, headers } = await get({}, 'HEAD')
    expect(status).toBe(200)
    expect(headers.get('content-length')).toBe(`${size}`)
  })
})

test('returns the length to HEAD if the vendor sends it only to GET', async () => {
  fixture.host.serve = (request, response) => {
    if (request.method === 'HEAD') response.writeHead(200, { 'content-type': 'video/mp4' }).end()
    else serveBytes(bytes)(request, response)
  }
  const { headers } = await get({}, 'HEAD')
  expect(headers.get('content-length')).toBe(`${size}`)
})

test('exposes the headers of a file to pages of the configured origins', async () => {
  const origin = 'https://app.example.com'
  const { headers } = await get({ origin })
  expect(headers.get('access-control-allow-origin')).toBe(origin)
  for (const name of ['content-length', 'content-range', 'content-disposition', 'accept-ranges', 'etag'])
    expect(headers.get('access-control-expose-headers')).toContain(name)
  const preflight = await fetch(fixture.url + createPath(), {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-range' },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD')
  const foreign = await get({ origin: 'https://other.example.com' })
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
})

test.each([
  ['a quote and a backslash', 'a"b\\c.mkv'],
  ['a line break', 'line\r\nbreak: 1.mkv'],
  ['a path', '../../etc/passwd.mkv'],
  ['an emoji and umlauts', '🎥 Ümläut.mkv'],
  ['500 characters', `${'x'.repeat(496)}.mkv`],
  ['an apostrophe, parentheses, and stars', "it's (a) *star*.mkv"],
])('sends a harmless header for a file name with %s', async (_, name) => {
  const { status, headers } = await get({}, 'GET', createPath({}, name))
  expect(status).toBe(200)
  const disposition = headers.get('content-disposition')!
  expect(disposition).toMatch(
    /^attachment; filename="(?:[^"\\\r\n/]|\\["\\])*\.mkv"; filename\*=UTF-8''[\w.!~%-]+\.mkv$/,
  )
})
