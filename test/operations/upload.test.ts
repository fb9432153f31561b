import { createHash, randomBytes } from 'node:crypto'
import net from 'node:net'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { toSafeName } from '../../src/operations/upload.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { serve, upload } from './server.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const central = await startSandbox('imeetcentral')
const conf = await startSandbox('trueconf')
const accounts = { central: central.account, conf: conf.account }
const server = await serve(accounts, { uploadBytes: 5_000_000 })
afterAll(async () => {
  await server.stop()
  await Promise.all([central.close(), conf.close()])
})
beforeEach(() => {
  central.effects.length = 0
  conf.effects.length = 0
  central.clearFaults()
})

const workspace = encodeId('Conference', 'central', [...central.data.workspaces.keys()][0]!)
const helen = encodeId('User', 'conf', 'helen')
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const payload = `{ outcome replayed problems { code path } operation { id outcome problem { code } }
  file { id name contentType size sha256 state url account { key } } }`
const one = `mutation ($file: UploadFileInput!) { uploadFile(input: $file) ${payload} }`
const send = async (target: object, bytes: Uint8Array, more: object = {}, name = 'plan.txt', type = 'text/plain') => {
  const result = await upload(
    server.url,
    one,
    { file: { file: null, target, ...more } },
    { file: { bytes, name, type } },
  )
  return result.data?.uploadFile ?? result
}
const effects = (kind: string): unknown[] => central.effects.filter((effect) => effect.kind === kind)

test.each([1, 65_535, 65_536, 65_537, 4_000_000])(
  'uploads %i bytes completely and attaches them once',
  async (size) => {
    const bytes = randomBytes(size)
    const result = await send({ conferenceId: workspace }, bytes)
    expect(result).toMatchObject({
      outcome: 'SUCCEEDED',
      problems: [],
      file: { name: 'plan.txt', contentType: 'text/plain', size, sha256: sha256(bytes), state: 'ATTACHED' },
    })
    expect(effects('attachFile')).toMatchObject([{ detail: { sha256: sha256(bytes) } }])
    const query = 'query ($id: ID!) { node(id: $id) { ... on UploadedFile { sha256 account { key } } } }'
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { id: result.file.id } }),
    })
    const { data } = (await response.json()) as any
    expect(data.node).toEqual({ sha256: sha256(bytes), account: { key: 'central' } })
  },
)

test('uploads an unattached file to the library and an avatar to a user', async () => {
  const bytes = randomBytes(100)
  expect(await send({ account: 'central' }, bytes)).toMatchObject({ outcome: 'SUCCEEDED', file: { state: 'DEFERRED' } })
  const picture = await send({ userId: helen }, bytes, {}, 'me.png', 'image/png')
  expect(picture).toMatchObject({ outcome: 'SUCCEEDED', file: { sha256: sha256(bytes), account: { key: 'conf' } } })
  expect(conf.effects).toMatchObject([{ kind: 'uploadFile', id: 'helen' }])
})

test.each([
  [{ conferenceId: workspace }, {}, 0, 'UPLOAD_EMPTY', ['input', 'file']],
  [{ userId: helen }, {}, 0, 'UPLOAD_EMPTY', ['input', 'file']],
  [{ account: 'central' }, { contentType: 'no type' }, 5, 'BAD_USER_INPUT', ['input', 'contentType']],
  [{ account: 'nowhere' }, {}, 5, 'BAD_USER_INPUT', ['input', 'target', 'account']],
  [{ account: 'conf' }, {}, 5, 'UNSUPPORTED_BY_VENDOR', ['input', 'target', 'account']],
  [{ userId: workspace }, {}, 5, 'INVALID_ID', ['input', 'target', 'userId']],
])('rejects %j, %j, %i bytes before a vendor call', async (target, more, size, code, path) => {
  const before = central.ledger.length + conf.ledger.length
  const result = await send(target, randomBytes(size), more)
  expect(result).toMatchObject({ outcome: 'REJECTED', file: null, problems: [{ code, path }] })
  expect(central.ledger.length + conf.ledger.length).toBe(before)
})

test('replays an upload of the same bytes and rejects other bytes', async () => {
  const bytes = randomBytes(200_000)
  const key = { idempotencyKey: 'again' }
  const first = await send({ conferenceId: workspace }, bytes, key)
  const second = await send({ conferenceId: workspace }, bytes, key)
  expect(second).toEqual({ ...first, replayed: true })
  const other = await send({ conferenceId: workspace }, randomBytes(200_000), key)
  expect(other).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] })
  expect(effects('attachFile')).toHaveLength(1)
})

test('uploads the other files of a request if the first is rejected unread', async () => {
  const [a, b, c] = [randomBytes(900_000), randomBytes(300_000), randomBytes(5)]
  const query = `mutation ($a: UploadFileInput!, $b: UploadFileInput!, $c: UploadFileInput!) {
    a: uploadFile(input: $a) ${payload} b: uploadFile(input: $b) ${payload} c: uploadFile(input: $c) ${payload}
  }`
  const variables = {
    a: { file: null, target: { account: 'nowhere' } },
    b: { file: null, target: { account: 'central' } },
    c: { file: null, target: { conferenceId: workspace } },
  }
  const files = { a: { bytes: a, name: 'a' }, b: { bytes: b, name: 'b' }, c: { bytes: c, name: 'c' } }
  const { data } = await upload(server.url, query, variables, files)
  expect([data.a.outcome, data.b.outcome, data.c.outcome]).toEqual(['REJECTED', 'SUCCEEDED', 'SUCCEEDED'])
  expect([data.b.file.sha256, data.c.file.sha256]).toEqual([sha256(b), sha256(c)])
})

test('rejects the second use of a file part, even if the first use read nothing of it', async () => {
  const query = `mutation ($file: File!, $target: UploadTargetInput!) {
    a: uploadFile(input: { file: $file, target: $target }) ${payload}
    b: uploadFile(input: { file: $file, target: { account: "central" } }) ${payload}
  }`
  for (const [account, first] of [
    ['central', 'SUCCEEDED'],
    ['nowhere', 'REJECTED'],
  ] as const) {
    const body = new FormData()
    body.append('operations', JSON.stringify({ query, variables: { file: null, target: { account } } }))
    body.append('map', '{"0":["variables.file"]}')
    body.append('0', new Blob(['some bytes']), 'a.txt')
    const response = await fetch(server.url, { method: 'POST', headers: { 'x-parley-csrf': '1' }, body })
    const { data } = (await response.json()) as any
    expect(data.a.outcome).toBe(first)
    expect(data.b).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'BAD_USER_INPUT', path: ['input', 'file'] }],
    })
  }
})

test('attaches nothing if a file exceeds the limit', async () => {
  const result = await send({ conferenceId: workspace }, randomBytes(5_000_001), { idempotencyKey: 'large' })
  expect(result.errors?.[0].extensions.code ?? result.problems[0].code).toBe('PAYLOAD_TOO_LARGE')
  expect(effects('attachFile')).toEqual([])
})

test('attaches nothing and releases the key if the client aborts an upload', async () => {
  const boundary = 'xxx'
  const operations = JSON.stringify({
    query: one,
    variables: { file: { file: null, target: { conferenceId: workspace }, idempotencyKey: 'cut' } },
  })
  const part = (name: string, text: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="f.txt"\r\ncontent-type: text/plain\r\n\r\n`
  const body = `${part('operations', operations)}${part('map', '{"file":["variables.file.file"]}')}${head}`
  const { port, pathname } = new URL(server.url)
  const socket = net.connect(Number(port), '127.0.0.1')
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nhost: localhost\r\nx-parley-csrf: 1\r\ncontent-length: 3000000\r\n` +
      `content-type: multipart/form-data; boundary=${boundary}\r\n\r\n${body}${'x'.repeat(300_000)}`,
  )
  const uploads = (): unknown[] => central.ledger.filter(({ path }) => path.endsWith('/files/upload'))
  const before = uploads().length
  await vi.waitFor(() => expect(uploads().length).toBeGreaterThan(before), { timeout: 5_000 })
  socket.destroy()
  await vi.waitFor(() => expect(server.log()).toContain('UPLOAD_ABORTED'), { timeout: 5_000 })
  expect(effects('attachFile')).toEqual([])
  const bytes = randomBytes(3_000)
  const again = await send({ conferenceId: workspace }, bytes, { idempotencyKey: 'cut' })
  expect(again).toMatchObject({ outcome: 'SUCCEEDED', replayed: false, file: { sha256: sha256(bytes) } })
  expect(effects('attachFile')).toHaveLength(1)
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\x', 'x'],
  ['CON', 'CON'],
  ['...', 'file'],
  ['', 'file'],
  ['日本.txt', '日本.txt'],
  ['a\u202egnp.exe', 'agnp.exe'],
  ['a\r\nb: c', 'ab: c'],
])('changes the file name %j to %j', (given, name) => {
  expect(toSafeName(given)).toBe(name)
})

test('shortens a file name to 255 characters', () => {
  expect(toSafeName('x'.repeat(300))).toBe('x'.repeat(255))
})

test('rejects a media type that does not fit into a header and continues to upload files', async () => {
  for (let time = 0; time < 5; time++) {
    const result = await send({ account: 'central' }, randomBytes(10), { contentType: 'a/b;\fc=d' })
    expect(result).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'BAD_USER_INPUT', path: ['input', 'contentType'] }],
    })
  }
  expect(central.effects).toEqual([])
  const together = Array.from({ length: 4 }, () => send({ account: 'central' }, randomBytes(10)))
  for (const result of await Promise.all(together)) expect(result).toMatchObject({ outcome: 'SUCCEEDED' })
})
