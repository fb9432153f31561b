import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { sendBytes, type Reply } from '../reply.ts'
import type { Row } from '../row.ts'
import type { ServerProcess } from '../../support/server.ts'
import { getKey, shortLimits, type Fixture } from '../fixture.ts'
import { createUploadInput, MiB, needs, upload } from './uploads.ts'

const maxFileBytes = 5 * 1024 ** 3

const boundary = 'x'
const partsBefore = () =>
  [
    `--${boundary}`,
    'Content-Disposition: form-data; name="operations"',
    '',
    JSON.stringify({ query: upload, variables: createUploadInput('conference') }),
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
const createHeaders = (key?: string) => ({
  'content-type': `multipart/form-data; boundary=${boundary}`,
  accept: 'application/graphql-response+json',
  'x-parley-csrf': '1',
  ...(key && { authorization: `Bearer ${key}` }),
})
const createHead = (length: number) =>
  [
    'POST /graphql HTTP/1.1',
    'Host: localhost',
    ...Object.entries(createHeaders()).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n')

/** Streams a file of `size` bytes, without a declared length. Returns the reply and the digest of the file. */
async function streamFile(server: ServerProcess, size: number, key?: string): Promise<Reply & { sha256: string }> {
  const hash = createHash('sha256')
  const request = http.request(`${server.url}/graphql`, { method: 'POST', headers: createHeaders(key) })
  const responded = new Promise<http.IncomingMessage>((resolve, reject) =>
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
  const response = await responded
  let text = ''
  for await (const piece of response.setEncoding('utf8')) text += piece
  const { data, errors } = JSON.parse(text) as Pick<Reply, 'data' | 'errors'>
  return { status: response.statusCode!, headers: new Headers(), text, data, errors, sha256: hash.digest('hex') }
}

const readMemory = ({ pid }: ServerProcess) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024
const countDescriptors = ({ pid }: ServerProcess) => readdirSync(`/proc/${pid}/fd`).length
const countAttached = ({ central }: Fixture) => central.effects.filter(({ kind }) => kind === 'attachFile').length

/** Uploads 256 MiB, or 5 GiB if BIG_UPLOAD is set. */
async function uploadLargeFile(fixture: Fixture): Promise<void> {
  await streamFile(fixture.guarded, MiB, getKey('all'))
  const before = readMemory(fixture.guarded)
  let maxMemory = 0
  const watch = setInterval(() => (maxMemory = Math.max(maxMemory, readMemory(fixture.guarded))), 20)
  const size = process.env['BIG_UPLOAD'] ? maxFileBytes : 256 * MiB
  const { data, text, sha256 } = await streamFile(fixture.guarded, size, getKey('all'))
  clearInterval(watch)
  expect(data?.['uploadFile'], text).toMatchObject({ outcome: 'SUCCEEDED', file: { sha256 } })
  const effect = fixture.central.effects.findLast(({ kind }) => kind === 'uploadFile')
  expect(effect?.detail).toMatchObject({ bytes: size, sha256 })
  expect(maxMemory - before).toBeLessThan(96 * MiB)
}

async function rejectOverLimit(fixture: Fixture): Promise<void> {
  const calls = fixture.countCalls()
  const declared = await sendBytes(fixture.open, createHead(maxFileBytes + 70_000))
  expect(declared).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
  expect(declared.errors![0]!.message).toContain(String(maxFileBytes))
  expect(fixture.countCalls()).toBe(calls)
  const before = countAttached(fixture)
  const aborted = await streamFile(fixture.limited, shortLimits.uploadBytes + 1)
  expect(aborted.status, aborted.text).toBe(200)
  expect(aborted.data?.['uploadFile']).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'PAYLOAD_TOO_LARGE' }] })
  expect(aborted.text).toContain(String(shortLimits.uploadBytes))
  expect(countAttached(fixture)).toBe(before)
  const whole = await streamFile(fixture.limited, shortLimits.uploadBytes)
  expect(whole.data?.['uploadFile'], whole.text).toMatchObject({ outcome: 'SUCCEEDED' })
}

async function abortUploads(fixture: Fixture): Promise<void> {
  const [before, open] = [countAttached(fixture), countDescriptors(fixture.open)]
  for (let round = 0; round < 5; round++) {
    const socket = net.connect(fixture.open.port, '127.0.0.1')
    const uploads = fixture.central.ledger.length
    socket.on('error', () => {})
    socket.write(createHead(10 * MiB) + partsBefore() + 'x'.repeat(MiB))
    await vi.waitFor(() =>
      expect(fixture.central.ledger.slice(uploads).some(({ path }) => path.endsWith('/files/upload'))).toBe(true),
    )
    socket.resetAndDestroy()
    await vi.waitFor(() => expect(fixture.open.stderr()).toContain('UPLOAD_ABORTED'), 5_000)
  }
  expect(countAttached(fixture)).toBe(before)
  expect(readdirSync(join(fixture.open.folder, 'tmp'))).toEqual([])
  await vi.waitFor(() => expect(countDescriptors(fixture.open)).toBeLessThanOrEqual(open + 3), 5_000)
}

async function rejectSlowUpload(fixture: Fixture): Promise<void> {
  const before = countAttached(fixture)
  const startedAt = performance.now()
  const socket = net.connect(fixture.limited.port, '127.0.0.1')
  const drip = setInterval(() => socket.write('x'), 50)
  let text = ''
  socket.write(createHead(MiB) + partsBefore())
  await new Promise((resolve) =>
    socket
      .on('data', (chunk) => (text += String(chunk)))
      .on('close', resolve)
      .on('error', () => {}),
  )
  clearInterval(drip)
  expect(text).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"UPLOAD_ABORTED"/)
  // The default is 10 s.
  expect(performance.now() - startedAt).toBeLessThan(shortLimits.uploadProgressTime * 2 + 8_000)
  expect(countAttached(fixture)).toBe(before)
}

export const streamRows: Row[] = [
  { id: 'C25', title: 'streams a very large file in little memory', needs, check: uploadLargeFile },
  {
    id: 'C26',
    title: 'rejects a file over the limit, with and without a declared length',
    needs,
    check: rejectOverLimit,
  },
  { id: 'C27', title: 'attaches nothing and releases everything if an upload is aborted', needs, check: abortUploads },
  { id: 'C28', title: 'rejects an upload that makes no progress with 408', needs, check: rejectSlowUpload },
]
