import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDataFolder } from '../../operations/open.ts'
import { startInProcess } from '../../support/server-in-process.ts'
import { createApiClient, createPath, cursorSecret } from './fixture.ts'

const bytes = 'the bytes of a recording'

interface Host {
  server: Server
  url: string
  requests: { url: string; authorization: string | undefined }[]
}

async function startHost(respond: (request: IncomingMessage) => [number, object, string]): Promise<Host> {
  const host: Host = { server: createServer(), url: '', requests: [] }
  host.server.on('request', (request: IncomingMessage, response) => {
    host.requests.push({ url: request.url!, authorization: request.headers.authorization })
    const [status, headers, body] = respond(request)
    response.writeHead(status, { ...headers }).end(body)
  })
  await new Promise<void>((resolve) => host.server.listen(0, '127.0.0.1', resolve))
  host.url = `http://127.0.0.1:${(host.server.address() as AddressInfo).port}`
  return host
}

const json = { 'content-type': 'application/json' }
/** Where the first request for the file is redirected. Null if the file is there. */
let location: string | null = null
let downloadUrl = ''
let fileType = 'MP4'

let api: Host
let files: Host
let foreign: Host
let server: Awaited<ReturnType<typeof startInProcess>>
const data = createDataFolder()

beforeAll(async () => {
  files = await startHost(({ url }) => {
    if (url === '/json') return [200, json, '{"status":false}']
    const [, left] = /^\/hop\/(\d+)$/.exec(url!) ?? []
    if (left !== undefined && left !== '0') return [302, { location: `/hop/${Number(left) - 1}` }, '']
    return [200, { 'content-type': 'video/mp4' }, bytes]
  })
  foreign = await startHost(() => [200, { 'content-type': 'video/mp4' }, bytes])
  api = await startHost(({ url }) => {
    if (url === '/oauth/token') return [200, json, JSON.stringify({ access_token: 'account-token', expires_in: 3600 })]
    if (url!.startsWith('/rec/'))
      return location === null ? [200, { 'content-type': 'video/mp4' }, bytes] : [302, { location }, 'moved']
    const file = { id: 'f1', file_type: fileType, status: 'completed', download_url: downloadUrl }
    return [200, json, JSON.stringify({ uuid: 'abc==', recording_files: [file], download_access_token: 'file-token' })]
  })
  const zoom = {
    vendor: 'zoom',
    accountId: 'a',
    clientId: 'c',
    clientSecret: 'secret',
    apiUrl: `${api.url}/v2`,
    tokenUrl: `${api.url}/oauth/token`,
    fileUrl: `${files.url}/v2`,
  }
  const clients = [createApiClient('ada')]
  server = await startInProcess({ accounts: { zoom }, clients, cursorSecret, limits: {}, data, lines: [] })
})
beforeEach(() => {
  for (const host of [api, files, foreign]) host.requests.length = 0
  downloadUrl = `${api.url}/rec/f1`
  location = null
  fileType = 'MP4'
})
afterAll(async () => {
  await server.stopNow()
  for (const host of [api, files, foreign]) host.server.close().closeAllConnections()
  rmSync(data, { recursive: true, force: true })
})

async function download() {
  const path = createPath({ account: 'zoom', parentId: 'abc==', vendorId: 'f1', contentType: 'video/mp4' })
  const response = await fetch(server.url + path)
  const text = await response.text()
  return { status: response.status, text, code: response.ok ? null : JSON.parse(text).errors[0].extensions.code }
}

test('follows five redirects to the origin of fileUrl, without the token', async () => {
  location = `${files.url}/hop/4`
  expect(await download()).toMatchObject({ status: 200, text: bytes })
  expect(api.requests.at(-1)).toEqual({ url: '/rec/f1', authorization: 'Bearer file-token' })
  expect(files.requests.map(({ url }) => url)).toEqual(['/hop/4', '/hop/3', '/hop/2', '/hop/1', '/hop/0'])
  for (const { authorization } of files.requests) expect(authorization).toBeUndefined()
})

test('rejects JSON instead of a video with 502, and sends a file that is JSON', async () => {
  downloadUrl = `${files.url}/json`
  expect(await download()).toMatchObject({ status: 502, code: 'VENDOR_BAD_RESPONSE' })
  fileType = 'TIMELINE'
  expect(await download()).toMatchObject({ status: 200, text: '{"status":false}' })
})

test('sends the token again after a redirect within the first origin', async () => {
  downloadUrl = `${files.url}/hop/1`
  expect(await download()).toMatchObject({ status: 200, text: bytes })
  expect(files.requests.map(({ authorization }) => authorization)).toEqual(['Bearer file-token', 'Bearer file-token'])
})

test.each([
  ['another host', () => `${foreign.url}/f1`],
  ['a host that only looks like one of Zoom', () => 'https://zoom.us.evil.example/f1'],
  ['a host of Zoom without TLS', () => 'http://file.zoom.us/f1'],
  ['a host of Zoom at another port', () => 'https://zoom.us:8443/f1'],
  ['a URL with a user', () => files.url.replace('//', '//user:password@')],
  ['a file on disk', () => 'file:///etc/passwd'],
  ['itself', () => `${api.url}/rec/f1`],
  ['six redirects', () => `${files.url}/hop/5`],
  ['nothing', () => 'http://'],
])('rejects a redirect to %s with 502', async (_, getLocation) => {
  location = getLocation()
  expect(await download()).toMatchObject({ status: 502, code: 'VENDOR_BAD_RESPONSE' })
  expect(foreign.requests).toEqual([])
  for (const { authorization } of files.requests) expect(authorization).toBeUndefined()
})

test.each([
  ['another host', () => `${foreign.url}/f1`],
  ['a host without TLS', () => 'http://zoom.us/f1'],
])('sends no request if the reported URL is at %s', async (_, getUrl) => {
  downloadUrl = getUrl()
  expect(await download()).toMatchObject({ status: 502, code: 'VENDOR_BAD_RESPONSE' })
  expect(foreign.requests).toEqual([])
})
