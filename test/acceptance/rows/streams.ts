import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { raw, type Reply } from '../reply.ts'
import type { Row } from '../row.ts'
import type { ServerProcess } from '../../support/server.ts'
import { keyOf, shortLimits, type Fixture } from '../fixture.ts'
import { inputOf, MiB, needs, upload } from './uploads.ts'

const largest = 5 * 1024 ** 3

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
    'Host: localhost',
    ...Object.entries(headersOf()).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n')

/** A file of so many bytes, never held, of undeclared length. */
async function stream(server: ServerProcess, size: number, key?: string): Promise<Reply & { sha256: string }> {
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

const memory = ({ pid }: ServerProcess) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024
const descriptors = ({ pid }: ServerProcess) => readdirSync(`/proc/${pid}/fd`).length
const attached = ({ central }: Fixture) => central.effects.filter(({ kind }) => kind === 'attachFile').length

/** The whole 5 GiB where BIG_UPLOAD is set. */
async function streamed(fixture: Fixture): Promise<void> {
  await stream(fixture.guarded, MiB, keyOf('all'))
  const before = memory(fixture.guarded)
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, memory(fixture.guarded))), 20)
  const size = process.env['BIG_UPLOAD'] ? largest : 256 * MiB
  const { data, text, sha256 } = await stream(fixture.guarded, size, keyOf('all'))
  clearInterval(watch)
  expect(data?.['uploadFile'], text).toMatchObject({ outcome: 'SUCCEEDED', file: { sha256 } })
  const arrived = fixture.central.effects.findLast(({ kind }) => kind === 'uploadFile')
  expect(arrived?.detail).toMatchObject({ bytes: size, sha256 })
  expect(most - before).toBeLessThan(96 * MiB)
}

async function overTheLimit(fixture: Fixture): Promise<void> {
  const calls = fixture.calls()
  const declared = await raw(fixture.open, headOf(largest + 70_000))
  expect(declared).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
  expect(declared.errors![0]!.message).toContain(String(largest))
  expect(fixture.calls()).toBe(calls)
  const before = attached(fixture)
  const cut = await stream(fixture.hasty, shortLimits.uploadBytes + 1)
  expect(cut.status, cut.text).toBe(200)
  expect(cut.data?.['uploadFile']).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'PAYLOAD_TOO_LARGE' }] })
  expect(cut.text).toContain(String(shortLimits.uploadBytes))
  expect(attached(fixture)).toBe(before)
  const whole = await stream(fixture.hasty, shortLimits.uploadBytes)
  expect(whole.data?.['uploadFile'], whole.text).toMatchObject({ outcome: 'SUCCEEDED' })
}

async function cutOff(fixture: Fixture): Promise<void> {
  const [before, open] = [attached(fixture), descriptors(fixture.open)]
  for (let round = 0; round < 5; round++) {
    const socket = net.connect(fixture.open.port, '127.0.0.1')
    const uploads = fixture.central.ledger.length
    socket.on('error', () => {})
    socket.write(headOf(10 * MiB) + partsBefore() + 'x'.repeat(MiB))
    await vi.waitFor(() =>
      expect(fixture.central.ledger.slice(uploads).some(({ path }) => path.endsWith('/files/upload'))).toBe(true),
    )
    socket.resetAndDestroy()
    await vi.waitFor(() => expect(fixture.open.stderr()).toContain('UPLOAD_ABORTED'), 5_000)
  }
  expect(attached(fixture)).toBe(before)
  expect(readdirSync(join(fixture.open.folder, 'tmp'))).toEqual([])
  await vi.waitFor(() => expect(descriptors(fixture.open)).toBeLessThanOrEqual(open + 3), 5_000)
}

async function tooSlow(fixture: Fixture): Promise<void> {
  const before = attached(fixture)
  const started = performance.now()
  const socket = net.connect(fixture.hasty.port, '127.0.0.1')
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
  // The default is 10 s.
  expect(performance.now() - started).toBeLessThan(shortLimits.uploadProgressTime * 2 + 8_000)
  expect(attached(fixture)).toBe(before)
}

export const streamRows: Row[] = [
  { id: 'C25', title: 'a very large file', needs, check: streamed },
  { id: 'C26', title: 'a file over the limit', needs, check: overTheLimit },
  { id: 'C27', title: 'an upload that is cut off', needs, check: cutOff },
  { id: 'C28', title: 'an upload that hardly moves', needs, check: tooSlow },
]
