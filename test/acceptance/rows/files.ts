import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { ask, raw, uploadForm, type Payload, type Reply } from '../reply.ts'
import type { Case, Row } from '../row.ts'
import type { Server } from '../server.ts'
import { keyOf, shortLimits, type World } from '../world.ts'

const upload = `mutation ($input: UploadFileInput!) { uploadFile(input: $input) {
  outcome problems { code message path } file { name size sha256 contentType }
} }`
const MiB = 1024 ** 2
const largest = 5 * 1024 ** 3

type Target = 'conference' | 'library' | 'zoom conference' | 'avatar' | 'zoom avatar'
const targets = new Map<Target, object>()

/** Beforehand, so that the rows themselves call no vendor. */
export async function fetchTargets(world: World): Promise<void> {
  const first = async (field: string, account: string) => {
    const { data } = await world.query(`{ ${field}(first: 1, filter: { accounts: ["${account}"] }) { nodes { id } } }`)
    return data![field].nodes[0].id as string
  }
  targets.set('conference', { conferenceId: await first('conferences', 'central') })
  targets.set('zoom conference', { conferenceId: await first('conferences', 'zoom') })
  targets.set('zoom avatar', { userId: await first('users', 'zoom') })
  targets.set('avatar', { userId: await first('users', 'berlin') })
  targets.set('library', { account: 'central' })
}

const inputOf = (target: Target, more: object = {}) => ({ input: { target: targets.get(target), file: null, ...more } })

const send =
  (file: File, more: object = {}, target: Target = 'conference') =>
  (world: World) =>
    world.ask({ form: uploadForm(upload, inputOf(target, more), 'variables.input.file', file) })

const fileOf = (text: string, name = 'a.txt', type = 'text/plain') => new File([text], name, { type })

const names: [given: string, kept: RegExp][] = [
  ['../../etc/passwd', /^passwd$/],
  ['C:\\x', /^x$/],
  ['CON', /^CON$/],
  ['a'.repeat(300), /^a{255}$/],
  ['...', /^\w+$/],
  ['日本.txt', /^日本\.txt$/],
  ['a\u202Egpj.exe', /^agpj\.exe$/],
]

async function keptName(world: World, name: string): Promise<string> {
  const reply = await send(fileOf('some bytes'), { name })(world)
  const payload = reply.data?.['uploadFile'] as Payload
  expect(payload, `${name}: ${reply.text}`).toMatchObject({ outcome: 'SUCCEEDED' })
  const attached = world.central.effects.findLast(({ kind }) => kind === 'attachFile')
  const { name: sent } = attached!.detail as { name: string }
  expect((payload['file'] as { name: string }).name).toBe(sent)
  return sent
}

const boundary = 'x'
const partsBefore = () =>
  [
    `--${boundary}`,
    'Content-Disposition: form-data; name="operations"',
    '',
    JSON.stringify({ query: upload, variables: inputOf('conference') }),
    `--${boundary}`,
    'Content-Disposition: form-data; name="map"',
    '',
    '{"0":["variables.input.file"]}',
    `--${boundary}`,
    'Content-Disposition: form-data; name="0"; filename="big.bin"',
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join('\r\n')
const headersOf = (key?: string) => ({
  'content-type': `multipart/form-data; boundary=${boundary}`,
  accept: 'application/graphql-response+json',
  'x-parley-csrf': '1',
  ...(key && { authorization: `Bearer ${key}` }),
})
const headOf = (length: number) =>
  [
    'POST /graphql HTTP/1.1',
    'Host: a',
    ...Object.entries(headersOf()).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n')

/** A file of so many bytes, never held, of undeclared length. */
async function stream(server: Server, size: number, key?: string): Promise<Reply & { sha256: string }> {
  const hash = createHash('sha256')
  const request = http.request(`${server.url}/graphql`, { method: 'POST', headers: headersOf(key) })
  const answered = new Promise<http.IncomingMessage>((resolve, reject) =>
    request.on('response', resolve).on('error', reject),
  )
  const chunk = Buffer.alloc(MiB, 'parley ')
  request.write(partsBefore())
  for (let left = size; left > 0 && !request.destroyed; left -= MiB) {
    const piece = chunk.subarray(0, Math.min(left, MiB))
    hash.update(piece)
    if (!request.write(piece)) await new Promise((resolve) => request.once('drain', resolve).once('close', resolve))
  }
  request.end(`\r\n--${boundary}--\r\n`)
  const response = await answered
  let text = ''
  for await (const piece of response.setEncoding('utf8')) text += piece
  const { data, errors } = JSON.parse(text) as Pick<Reply, 'data' | 'errors'>
  return { status: response.statusCode!, headers: new Headers(), text, data, errors, sha256: hash.digest('hex') }
}

const memory = ({ pid }: Server) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024
const descriptors = ({ pid }: Server) => readdirSync(`/proc/${pid}/fd`).length
const attached = ({ central }: World) => central.effects.filter(({ kind }) => kind === 'attachFile').length

/** The whole 5 GiB where BIG_UPLOAD is set. */
async function streamed(world: World): Promise<void> {
  await stream(world.guarded, MiB, keyOf('all'))
  const before = memory(world.guarded)
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, memory(world.guarded))), 20)
  const size = process.env['BIG_UPLOAD'] ? largest : 256 * MiB
  const { data, text, sha256 } = await stream(world.guarded, size, keyOf('all'))
  clearInterval(watch)
  expect(data?.['uploadFile'], text).toMatchObject({ outcome: 'SUCCEEDED', file: { sha256 } })
  const arrived = world.central.effects.findLast(({ kind }) => kind === 'uploadFile')
  expect(arrived?.detail).toMatchObject({ bytes: size, sha256 })
  expect(most - before).toBeLessThan(96 * MiB)
}

async function overTheLimit(world: World): Promise<void> {
  const calls = world.calls()
  const declared = await raw(world.open, headOf(largest + 70_000))
  expect(declared).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
  expect(declared.errors![0]!.message).toContain(String(largest))
  expect(world.calls()).toBe(calls)
  const before = attached(world)
  const cut = await stream(world.hasty, shortLimits.uploadBytes + 1)
  expect(cut.status, cut.text).toBe(200)
  expect(cut.data?.['uploadFile']).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'PAYLOAD_TOO_LARGE' }] })
  expect(cut.text).toContain(String(shortLimits.uploadBytes))
  expect(attached(world)).toBe(before)
  const whole = await stream(world.hasty, shortLimits.uploadBytes)
  expect(whole.data?.['uploadFile'], whole.text).toMatchObject({ outcome: 'SUCCEEDED' })
}

async function cutOff(world: World): Promise<void> {
  const [before, open] = [attached(world), descriptors(world.open)]
  for (let round = 0; round < 5; round++) {
    const socket = net.connect(world.open.port, '127.0.0.1')
    const uploads = world.central.ledger.length
    socket.on('error', () => {})
    socket.write(headOf(10 * MiB) + partsBefore() + 'x'.repeat(MiB))
    await vi.waitFor(() =>
      expect(world.central.ledger.slice(uploads).some(({ path }) => path.endsWith('/files/upload'))).toBe(true),
    )
    socket.resetAndDestroy()
    await vi.waitFor(() => expect(world.open.stderr()).toContain('UPLOAD_ABORTED'), 5_000)
  }
  expect(attached(world)).toBe(before)
  expect(readdirSync(join(world.open.folder, 'tmp'))).toEqual([])
  await vi.waitFor(() => expect(descriptors(world.open)).toBeLessThanOrEqual(open + 3), 5_000)
}

async function tooSlow(world: World): Promise<void> {
  const before = attached(world)
  const started = performance.now()
  const socket = net.connect(world.hasty.port, '127.0.0.1')
  const drip = setInterval(() => socket.write('x'), 50)
  let text = ''
  socket.write(headOf(MiB) + partsBefore())
  await new Promise((resolve) =>
    socket
      .on('data', (chunk) => (text += String(chunk)))
      .on('close', resolve)
      .on('error', () => {}),
  )
  clearInterval(drip)
  expect(text).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"UPLOAD_ABORTED"/)
  expect(performance.now() - started).toBeLessThan(shortLimits.uploadProgressTime * 2 + 2_000)
  expect(attached(world)).toBe(before)
}

function malformed(what: string, parts: [string, string | File][], says: RegExp): Case {
  const form = () => {
    const body = new FormData()
    for (const [name, value] of parts) body.append(name, value)
    return body
  }
  return {
    what,
    send: (world) => world.ask({ form: form() }),
    status: 400,
    level: 'request',
    code: 'BAD_USER_INPUT',
    says,
  }
}

const operations: [string, string] = [
  'operations',
  JSON.stringify({ query: upload, variables: { input: { file: null, target: { account: 'central' } } } }),
]
const map: [string, string] = ['map', '{"0":["variables.input.file"]}']
const part = (name = '0'): [string, File] => [name, fileOf('some bytes')]
const mapOf = (value: object): [string, string] => ['map', JSON.stringify(value)]
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

const withBoundary = (what: string, type: string): Case => ({
  what,
  send: (world) =>
    ask(world.open, { headers: { 'content-type': type, 'x-parley-csrf': '1' }, body: `--x\r\n\r\n--x--` }),
  status: 400,
  level: 'request',
  code: 'BAD_USER_INPUT',
  says: /boundary/,
})

const rejected = (what: string, file: File, more: object, code: Case['code'], path: string, target?: Target): Case => ({
  what,
  send: send(file, more, target),
  status: 200,
  level: 'payload',
  code: code!,
  path: ['input', path],
})

const needs = ['uploadFile']

export const fileRows: Row[] = [
  {
    id: 'C21',
    title: 'a file name of two lines',
    needs,
    check: async (world) => expect(await keptName(world, 'a\r\nX-Evil: 1.txt')).toBe('aX-Evil: 1.txt'),
  },
  {
    id: 'C23',
    title: 'odd file names',
    needs,
    check: async (world) => {
      for (const [name, kept] of names) expect(await keptName(world, name), name).toMatch(kept)
    },
  },
  {
    id: 'C24',
    title: 'a file without bytes',
    needs,
    cases: (['conference', 'library', 'zoom conference', 'avatar', 'zoom avatar'] as const).map((target) =>
      rejected(target, fileOf(''), {}, 'UPLOAD_EMPTY', 'file', target),
    ),
  },
  { id: 'C25', title: 'a very large file', needs, check: streamed },
  { id: 'C26', title: 'a file over the limit', needs, check: overTheLimit },
  { id: 'C27', title: 'an upload that is cut off', needs, check: cutOff },
  { id: 'C28', title: 'an upload that hardly moves', needs, check: tooSlow },
  {
    id: 'C29',
    title: 'malformed multipart requests',
    cases: [
      malformed(
        '10,000 paths',
        [operations, mapOf(Object.fromEntries(times(10_000, (i) => [i, ['variables.input.file']])))],
        /at most 10/,
      ),
      malformed('a part missing', [operations, map], /missing/),
      malformed('a part too many', [operations, map, part('9'), part()], /map/),
      { ...malformed('a part twice', [operations, map, part(), part()], /twice/), begun: true },
      malformed('files first', [part(), operations, map], /operations, then map/),
      malformed(
        'one file twice',
        [operations, mapOf({ 0: ['variables.input.file', 'variables.b'] }), part()],
        /one path/,
      ),
      malformed('1,000 parts', [operations, map, ...times(1_000, (i) => part(String(i)))], /at most 10|map/),
      withBoundary('no boundary', 'multipart/form-data'),
      withBoundary('a boundary of 10 kB', `multipart/form-data; boundary=${'x'.repeat(10_000)}`),
    ],
  },
  {
    id: 'C30',
    title: 'paths to prototypes',
    cases: ['variables.__proto__.x', 'variables.constructor.prototype.x', 'query', 'variables.input.file.x'].map(
      (path) => malformed(path, [operations, mapOf({ 0: [path] }), part()], /path in the map/),
    ),
    check: async () => expect(({} as { x?: unknown }).x).toBeUndefined(),
  },
  {
    id: 'C31',
    title: 'media types',
    needs,
    cases: [
      {
        what: 'a script in an image',
        send: send(fileOf('<svg><script>alert(1)</script></svg>', 'a.png', 'image/png')),
        status: 200,
        level: 'works',
      },
      rejected('no type', fileOf('a'), { contentType: 'no type' }, 'BAD_USER_INPUT', 'contentType'),
      rejected('two lines', fileOf('a'), { contentType: 'text/plain\r\nX-Evil: 1' }, 'BAD_USER_INPUT', 'contentType'),
    ],
    check: async ({ central }) => {
      const { contentType } = central.effects.findLast(({ kind }) => kind === 'uploadFile')!.detail as {
        contentType: string
      }
      expect(contentType).toBe('image/png')
    },
  },
]
