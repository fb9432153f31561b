import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { expire } from '../upstream/expire.ts'
import { sendRequest, graphqlType, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())
beforeEach(() => void (server.calls.length = server.uploads.length = 0))

const upload = 'mutation ($file: File!) { upload(file: $file) }'
const operations = (query = upload, variables: object = { file: null }) => JSON.stringify({ query, variables })
const part = (disposition: string, content: string, more = '') =>
  `--xx\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`
const file = (name: string, content = 'bytes') =>
  part(`name="${name}"; filename="a.txt"`, content, 'Content-Type: text/plain\r\n')
const whole = (...parts: string[]) => `${parts.join('')}--xx--\r\n`
const usual = (query?: string) => [
  part('name="operations"', operations(query)),
  part('name="map"', '{"0":["variables.file"]}'),
]

function send(body: string | Uint8Array, type = 'multipart/form-data; boundary=xx', { url } = server) {
  const headers = { accept: graphqlType, 'x-parley-csrf': '1', 'content-type': type }
  return sendRequest(`${url}/graphql`, { method: 'POST', headers, body } as RequestInit)
}

test.each(['multipart/form-data; boundary="xx"', 'Multipart/Form-Data; charset=utf-8; Boundary=xx;'])(
  'accepts the boundary in %s',
  async (type) => {
    expect(await send(whole(...usual(), file('0')), type)).toMatchObject({ json: { data: { upload: 'uploaded' } } })
  },
)

test.each(['xboundary=xx', 'x=boundary=xx', 'x="boundary=xx"', 'boundary="x\\"x"', 'boundary=', 'boundary=x\u00e9'])(
  'rejects multipart/form-data; %s, which has no valid boundary',
  async (parameter) => {
    const response = await send(whole(...usual(), file('0')), `multipart/form-data; ${parameter}`)
    expect(response).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(response.json.errors?.[0]?.message).toMatch(/boundary/)
    expect(server.calls).toEqual([])
  },
)

test.each(['filename="a.txt"', 'filename=""'])('rejects a file part without a name: %s', async (disposition) => {
  const unnamed = part(disposition, 'bytes', 'Content-Type: text/plain\r\n')
  expect(await send(whole(...usual(), unnamed))).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(server.uploads).toEqual([])
})

test('uses the first of two boundaries, as the parser does', async () => {
  const type = 'multipart/form-data; boundary=xx; boundary=yy'
  expect(await send(whole(...usual(), file('0')), type)).toMatchObject({ status: 200 })
})

test('rejects operations and map that are not UTF-8, but accepts any bytes in files', async () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1')
  const named = part('name="operations"', operations(upload, { file: null, name: 'a\u00ffb' }))
  const map = part('name="map"', '{"0":["variables.file"]}')
  for (const body of [whole(named, map, file('0')), whole(named, part('name="map"', '{}'))])
    expect(await send(latin1(body))).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(server.calls).toEqual([])
  expect(await send(latin1(whole(...usual(), file('0', '\u00ff\u00fe'))))).toMatchObject({ status: 200 })
  expect(server.uploads).toMatchObject([{ size: 2 }])
})

test.each([
  ['a preamble', `${'x'.repeat(200_000)}\r\n`],
  ['an unnamed part', `--xx\r\nContent-Disposition: attachment\r\n\r\n${'x'.repeat(200_000)}\r\n`],
])('rejects a request whose memory limit is exceeded by %s', async (_, before) => {
  const small = await startServer({ limits: { requestBytes: 20_000 } })
  const headers = { accept: graphqlType, 'x-parley-csrf': '1', 'content-type': 'multipart/form-data; boundary=xx' }
  const post = (body: string) => sendRequest(`${small.url}/graphql`, { method: 'POST', headers, body })
  expect(await post(before + whole(...usual(), file('0')))).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
  expect(await post(before.replace('x'.repeat(200_000), 'x') + whole(...usual(), file('0')))).toMatchObject({
    status: 200,
  })
  await small.http.close()
})

test('accepts a file part without a file name', async () => {
  expect(await send(whole(...usual(), part('name="0"', 'bytes')))).toMatchObject({ status: 200 })
  expect(server.uploads).toMatchObject([{ name: '', size: 5 }])
})

test('rejects files in the wrong order if an unused file delays a required file', async () => {
  const query = 'mutation ($file: File!, $files: [File!]) { upload(file: $file, files: $files) }'
  const parts = [
    part('name="operations"', operations(query, { file: null, files: [null] })),
    part('name="map"', '{"a":["variables.files.0"],"b":["variables.file"]}'),
  ]
  const response = await send(whole(...parts, file('a', 'x'.repeat(2_000_000)), file('b')))
  expect(response).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(response.json.errors?.[0]?.message).toMatch(/order/)
  expect(server.uploads).toEqual([])
})

test.each([
  ['with a file', whole(...usual('{ wait }'), file('0'))],
  ['without a file', whole(part('name="operations"', operations('{ wait }')), part('name="map"', '{}'))],
])('applies operationDeadline to a multipart query %s', async (_, body) => {
  const hasty = await startServer({ limits: { operationDeadline: 50 } })
  expect(await send(body, undefined, hasty)).toMatchObject({ code: 'DEADLINE_EXCEEDED' })
  await hasty.http.close()
})

test('extends the deadline of an upload while its body arrives', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const hasty = await startServer({ limits: { uploadProgressTime: 500, operationDeadline: 500 } })
  let getBytesRead = (): number => 0
  hasty.http.server.once('connection', (socket) => (getBytesRead = () => socket.bytesRead))
  const parts = whole(...usual(), file('0', 'x'.repeat(1_200_000))).match(/[^]{1,80000}/g)!
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  let sent = 0
  let isClosed = false
  const sendPart = (): void => {
    const next = parts.shift()
    if (next === undefined) {
      isClosed = true
      return void writer.close()
    }
    sent += next.length
    void writer.write(Buffer.from(next))
  }
  sendPart()
  const headers = { accept: graphqlType, 'x-parley-csrf': '1', 'content-type': 'multipart/form-data; boundary=xx' }
  const init = { method: 'POST', headers, body: readable, duplex: 'half' } as RequestInit
  const hasPartArrived = (): boolean => getBytesRead() >= sent && !isClosed
  const response = await expire(sendRequest(`${hasty.url}/graphql`, init), 200, hasPartArrived, sendPart)
  expect(response).toMatchObject({ json: { data: { upload: 'uploaded' } } })
  await hasty.http.close()
})
