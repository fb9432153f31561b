import { createHash, randomBytes } from 'node:crypto'
import net from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { sendRequest, graphqlType, raw, startServer } from './harness.ts'

const server = await startServer()
const small = await startServer({ limits: { uploadBytes: 200_000, uploadProgressTime: 100 } })
afterAll(async () => {
  await Promise.all([server.http.drain(), small.http.drain()])
})
beforeEach(() => {
  for (const { calls, uploads, problems } of [server, small]) {
    calls.length = 0
    uploads.length = 0
    problems.length = 0
  }
})

const uploadRequest = { query: 'mutation ($file: File!) { upload(file: $file) }', variables: { file: null } }
const three = {
  query: 'mutation ($file: File!, $files: [File!]) { upload(file: $file, files: $files) }',
  variables: { file: null, files: [null, null] },
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const headers = { accept: graphqlType, 'x-parley-csrf': '1' }

type Part = [name: string, content: string | Blob, fileName?: string]
function form(...parts: Part[]): FormData {
  const body = new FormData()
  for (const [name, content, fileName] of parts) {
    if (typeof content === 'string') body.append(name, content)
    else body.append(name, content, fileName)
  }
  return body
}
const operations: Part = ['operations', JSON.stringify(uploadRequest)]
const map: Part = ['map', '{"0":["variables.file"]}']
const blob = (bytes: Uint8Array, type = 'text/plain') => new Blob([bytes as Uint8Array<ArrayBuffer>], { type })
const send = (body: FormData, to = server) => sendRequest(`${to.url}/graphql`, { method: 'POST', headers, body })

for (const size of [0, 1, 65_535, 65_536, 65_537, 5_000_000]) {
  test(`transfers a file of ${size} bytes completely`, async () => {
    const bytes = randomBytes(size)
    const response = await send(form(operations, map, ['0', blob(bytes, 'application/pdf'), 'plan.pdf']))
    expect(response).toMatchObject({ status: 200, json: { data: { upload: 'uploaded' } } })
    expect(server.uploads).toEqual([{ name: 'plan.pdf', type: 'application/pdf', size, sha256: sha256(bytes) }])
  })
}

test('transfers three files in order', async () => {
  const files = [randomBytes(10), randomBytes(300_000), randomBytes(1)]
  const places = '{"a":["variables.file"],"b":["variables.files.0"],"c":["variables.files.1"]}'
  const parts = files.map((bytes, i): Part => ['abc'.charAt(i), blob(bytes), `${i}.txt`])
  const response = await send(form(['operations', JSON.stringify(three)], ['map', places], ...parts))
  expect(response).toMatchObject({ status: 200, json: { data: { upload: 'uploaded' } } })
  expect(server.uploads.map((upload) => upload.sha256)).toEqual(files.map(sha256))
})

test('returns the file name without folders and the declared type', async () => {
  await send(form(operations, map, ['0', blob(Buffer.from('<svg/>'), 'image/svg+xml'), '../../日本.txt']))
  expect(server.uploads[0]).toMatchObject({ name: '日本.txt', type: 'image/svg+xml' })
})

test.each([
  ['say "hi".txt', 'say "hi".txt'],
  ['two\r\nlines.txt', 'two\r\nlines.txt'],
  ['100%25 %2F %41.txt', '100%25 %2F %41.txt'],
])('decodes the file name %j as a browser encodes it', async (name, decoded) => {
  await send(form(operations, map, ['0', blob(Buffer.from('text')), name]))
  expect(server.uploads[0]).toMatchObject({ name: decoded })
})

test.each([
  [`filename="plain.txt"; filename*=UTF-8''extended.txt`, 'plain.txt'],
  [`filename*=UTF-8''extended.txt; filename="plain.txt"`, 'plain.txt'],
  [`filename*=UTF-8''r%C3%A9sum%C3%A9.txt`, 'résumé.txt'],
])('uses filename* only if a part has no filename: %s', async (parameters, name) => {
  const parts = [
    `form-data; name="operations"\r\n\r\n${JSON.stringify(uploadRequest)}`,
    'form-data; name="map"\r\n\r\n{"0":["variables.file"]}',
    `form-data; name="0"; ${parameters}\r\nContent-Type: text/plain\r\n\r\ntext`,
  ]
  const body = `${parts.map((part) => `--b\r\nContent-Disposition: ${part}\r\n`).join('')}--b--\r\n`
  const type = { 'content-type': 'multipart/form-data; boundary=b' }
  await sendRequest(`${server.url}/graphql`, { method: 'POST', headers: { ...headers, ...type }, body })
  expect(server.uploads[0]).toMatchObject({ name })
})

test('decodes the names of parts as a browser encodes them', async () => {
  const names = ['a"b', 'c\nd']
  const places = JSON.stringify({ [names[0]!]: ['variables.file'], 'c\r\nd': ['variables.files.0'] })
  const parts = names.map((name): Part => [name, blob(Buffer.from(name)), `${name}.txt`])
  const two = { ...three, variables: { ...three.variables, files: [null] } }
  const response = await send(form(['operations', JSON.stringify(two)], ['map', places], ...parts))
  expect(response).toMatchObject({ status: 200, json: { data: { upload: 'uploaded' } } })
  expect(server.uploads.map(({ name }) => name)).toEqual(['a"b.txt', 'c\nd.txt'])
})

test('reads operations and map that begin with a byte order mark', async () => {
  const [, json] = operations
  const [, places] = map
  const marked: Part[] = [
    ['operations', `\ufeff${String(json)}`],
    ['map', `\ufeff${String(places)}`],
  ]
  const response = await send(form(...marked, ['0', blob(Buffer.from('text')), 'a.txt']))
  expect(response).toMatchObject({ status: 200, json: { data: { upload: 'uploaded' } } })
})

test('streams the bytes while the request arrives, no faster than they are read', async () => {
  const boundary = 'x'
  const head = multipartHead(boundary, 50_000_000)
  const socket = await connected(server.port, head)
  socket.write(partsBefore(boundary))
  await vi.waitFor(() => expect(server.calls).toEqual(['upload']))
  expect(server.uploads).toEqual([])
  socket.destroy()
  await vi.waitFor(() => expect(server.problems).toHaveLength(1))
})

const malformed: [row: string, body: FormData, words: RegExp][] = [
  [
    'a map naming 10,000 paths',
    form(operations, [
      'map',
      JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [i, ['variables.file']]))),
    ]),
    /limit is 10\./,
  ],
  ['a part missing', form(operations, map), /missing/],
  [
    'an unknown part before the file',
    form(operations, map, ['9', blob(randomBytes(5)), 'a'], ['0', blob(randomBytes(5)), 'a']),
    /named in "map"/,
  ],
  [
    'an unknown part after the file',
    form(operations, map, ['0', blob(randomBytes(5)), 'a'], ['1', blob(randomBytes(5)), 'b']),
    /named in "map"/,
  ],
  [
    'a repeated part',
    form(operations, map, ['0', blob(randomBytes(5)), 'a'], ['0', blob(randomBytes(5)), 'b']),
    /only once/,
  ],
  ['files before operations', form(['0', blob(randomBytes(5)), 'a'], operations, map), /"operations", then "map"/],
  ['map before operations', form(map, operations), /"operations", then "map"/],
  [
    'one file for two variables',
    form(operations, ['map', '{"0":["variables.file","variables.other"]}']),
    /exactly one path/,
  ],
  [
    '1,000 parts',
    form(operations, map, ...Array.from({ length: 1_000 }, (_, i): Part => [String(i), blob(randomBytes(5)), 'a'])),
    /limit is 10 |named in "map"/,
  ],
  ['a path to __proto__', form(operations, ['map', '{"0":["variables.__proto__.x"]}']), /path in "map"/],
  [
    'a path to the prototype',
    form(operations, ['map', '{"0":["variables.constructor.prototype.x"]}']),
    /path in "map"/,
  ],
  ['a path outside variables', form(operations, ['map', '{"0":["query"]}']), /path in "map"/],
  ['a path that is not a string', form(operations, ['map', '{"0":[5]}']), /exactly one path/],
  [
    'a batch',
    form(['operations', JSON.stringify([uploadRequest])], ['map', '{"0":["0.variables.file"]}']),
    /path in "map"/,
  ],
  ['operations that are not JSON', form(['operations', '{'], map), /not valid JSON/],
  ['a map that is not an object', form(operations, ['map', '[]']), /must be an object/],
]
for (const [row, body, words] of malformed) {
  test(`rejects ${row} with 400 and uploads nothing`, async () => {
    const response = await send(body)
    expect(response).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(response.json.errors?.[0]?.message).toMatch(words)
    expect(server.uploads).toEqual([])
    expect(({} as { x?: number }).x).toBeUndefined()
  })
}

for (const [row, type] of [
  ['no boundary', 'multipart/form-data'],
  ['a boundary of 10 kB', `multipart/form-data; boundary=${'x'.repeat(10_000)}`],
] as const) {
  test(`rejects ${row} with 400`, async () => {
    const init = { method: 'POST', headers: { ...headers, 'content-type': type }, body: '--x--' }
    expect(await sendRequest(`${server.url}/graphql`, init)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  })
}

test('rejects a multipart body that ends inside a part with 400', async () => {
  const init = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    body: partsBefore('x'),
  }
  expect(await sendRequest(`${server.url}/graphql`, init)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(server.uploads).toEqual([])
})

test('rejects a declared length over the limit with 413 before it reads the body', async () => {
  const response = await raw(small.port, multipartHead('x', 10_000_000_000))
  expect(response).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close[\s\S]*PAYLOAD_TOO_LARGE/i)
  expect(small.calls).toEqual([])
})

test('rejects a declared file over the limit by one byte with 413 before it reads the file', async () => {
  const of = (size: number) => {
    const head = partsBefore('x').slice(0, -'begun'.length)
    return (
      multipartHead('x', head.length + size + '\r\n--x--\r\n'.length).replace('Accept', 'Connection: close\r\nAccept') +
      head
    )
  }
  const tooLarge = /^HTTP\/1.1 413 [\s\S]*PAYLOAD_TOO_LARGE/
  expect(await raw(small.port, `${of(200_001)}begun`, tooLarge)).toMatch(tooLarge)
  expect(small.calls).toEqual([])
  expect(await raw(small.port, `${of(200_000)}${'x'.repeat(200_000)}\r\n--x--\r\n`)).toMatch(/^HTTP\/1.1 200 /)
  expect(small.uploads).toMatchObject([{ size: 200_000 }])
})

test('aborts a file of undeclared length at the first byte over the limit', async () => {
  const head = multipartHead('x', 0).replace('Content-Length: 0', 'Connection: close\r\nTransfer-Encoding: chunked')
  const body = `${partsBefore('x')}${'x'.repeat(199_996)}\r\n--x--\r\n`
  const response = await raw(small.port, `${head}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)
  expect(response).toMatch(
    /^HTTP\/1.1 200 [\s\S]*limit is 200000 bytes[\s\S]*"path":\["upload"\][\s\S]*PAYLOAD_TOO_LARGE/,
  )
  expect(small.uploads).toEqual([])
})

test('fails the stream with UPLOAD_ABORTED when the client disconnects', async () => {
  const socket = await connected(server.port, multipartHead('x', 1_000_000))
  socket.write(partsBefore('x'))
  await vi.waitFor(() => expect(server.calls).toEqual(['upload']))
  socket.resetAndDestroy()
  await vi.waitFor(() => expect(server.problems).toHaveLength(1))
  expect(server.problems[0]).toBeInstanceOf(Problem)
  expect(server.problems[0]).toMatchObject({ code: 'UPLOAD_ABORTED' })
  expect(server.uploads).toEqual([])
})

test('rejects an upload that is too slow with 408', async () => {
  const response = await raw(small.port, multipartHead('x', 100_000) + partsBefore('x'))
  expect(response).toMatch(/^HTTP\/1.1 408 [\s\S]*UPLOAD_ABORTED/)
  expect(small.problems[0]).toMatchObject({ code: 'UPLOAD_ABORTED' })
  expect(small.uploads).toEqual([])
})

test('rejects a body whose first file does not begin in time with 408', async () => {
  const hasty = await startServer({ limits: { socketRequestTimeout: 100 } })
  const preamble = 'x'.repeat(100_000)
  const response = await raw(hasty.port, multipartHead('x', 1_000_000) + preamble)
  expect(response).toMatch(/^HTTP\/1.1 408 [\s\S]*first file did not begin within 0.1 s[\s\S]*UPLOAD_ABORTED/)
  expect(hasty.calls).toEqual([])
  await hasty.http.close()
})

test.each(['{ wait }', 'mutation { waitWrite }', 'query ($n: String = "x") { wait hello(name: $n) }'])(
  'aborts %s at its deadline although an unused file never ends',
  async (query) => {
    const hasty = await startServer({ limits: { operationDeadline: 50 } })
    const pattern = /^HTTP\/1.1 200 [\s\S]*DEADLINE_EXCEEDED/
    expect(await raw(hasty.port, multipartHead('x', 1_000_000) + partsBefore('x', query), pattern)).toMatch(pattern)
    await hasty.http.close()
  },
)

test('sends the response and closes the connection although the rest of the body was not read', async () => {
  const unread = {
    query: 'mutation ($file: File!) { rename(input: { id: 1 }) upload(file: $file) @include(if: false) }',
    variables: { file: null },
  }
  const body = form(['operations', JSON.stringify(unread)], map, ['0', blob(randomBytes(2_000_000)), 'a'])
  const response = await send(body)
  expect(response).toMatchObject({ status: 200, json: { data: { rename: 'renamed' } } })
  expect(response.headers.get('connection')).toBe('close')
})

test('applies limits and validation to multipart requests', async () => {
  const text = (query: string) =>
    form(['operations', JSON.stringify({ ...uploadRequest, query })], map, ['0', blob(randomBytes(5)), 'a'])
  expect(await send(text('{ nothing }'))).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
  expect(await send(text('mutation ($file: String!) { upload(file: $file) }'))).toMatchObject({ status: 400 })
  expect(server.uploads).toEqual([])
})

function multipartHead(boundary: string, length: number): string {
  return `POST /graphql HTTP/1.1\r\nHost: x\r\nx-parley-csrf: 1\r\nAccept: ${graphqlType}\r\nContent-Length: ${length}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\n\r\n`
}

function partsBefore(boundary: string, query = uploadRequest.query): string {
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="0"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nbegun`
  return (
    field('operations', JSON.stringify({ ...uploadRequest, query })) + field('map', '{"0":["variables.file"]}') + file
  )
}

async function connected(port: number, head: string): Promise<Socket> {
  const socket = net.connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  socket.write(head)
  return socket
}
