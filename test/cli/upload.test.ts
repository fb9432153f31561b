import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatProgress } from '../../src/cli/progress.ts'
import { openSandboxServer } from '../support/sandbox-server.ts'
import { run, startCommand } from './run.ts'
import { createRejection, scriptedServer } from './scripted-server.ts'

let folder: string
let file: string
const bytes = randomBytes(3_000_000)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-upload-'))
  file = join(folder, 'minutes "final".pdf')
  writeFileSync(file, bytes)
})
afterAll(() => rm(folder, { recursive: true }))

const payload = (outcome: string, problems: object[] = []) => ({ data: { uploadFile: { outcome, problems } } })
const problem = { code: 'VENDOR_UNAVAILABLE', message: 'The vendor is away.', retryAt: new Date(0).toISOString() }

test('uploads a file unchanged to the vendor of its target', async () => {
  const server = await openSandboxServer()
  const ran = await run(['upload', file, '--account', 'imeetcentral', '--url', server.graphqlUrl])
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const name = 'minutes "final".pdf'
  expect(JSON.parse(ran.stdout)).toMatchObject({
    outcome: 'SUCCEEDED',
    file: { sha256, size: bytes.length, name, contentType: 'application/pdf' },
  })
  const received = server.sandboxes.running['imeetcentral']!.ledger.filter(({ bodySha256 }) => bodySha256 === sha256)
  expect(received).toMatchObject([{ method: 'POST', bodyBytes: bytes.length }])
  await server.close()
})

test('uploads standard input under the given name, in one attempt', async () => {
  const server = await scriptedServer(payload('NOT_SENT', [problem]))
  const ran = await run(['upload', '-', '--name', 'notes.txt', '--user', 'U1', '--url', server.url], {
    input: 'agreed',
  })
  expect(ran).toMatchObject({ code: 4 })
  expect(server.received).toHaveLength(1)
  expect(server.received[0]!.body).toContain('filename="notes.txt"\r\ncontent-type: text/plain')
  expect(server.received[0]!.body).toContain('\r\n\r\nagreed\r\n--')
})

test('rejects a directory as standard input with exit code 2', async () => {
  const script = '"$NODE" "$MAIN" upload - --name a --user U1 --url http://127.0.0.1:9/graphql < .'
  const env = { NODE: process.execPath, MAIN: new URL('../../bin/parley.js', import.meta.url).pathname }
  const ran = await startCommand('bash', ['--norc', '-c', script], { env }).ended
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('directory') })
})

test('reports empty standard input as an empty upload', async () => {
  const server = await openSandboxServer()
  const args = ['upload', '-', '--name', 'a.txt', '--account', 'imeetcentral', '--url', server.graphqlUrl]
  expect(await run(args)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^UPLOAD_EMPTY: /) })
  const ran = await run(args, { input: 'agreed' })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: 'SUCCEEDED', file: { name: 'a.txt', size: 6 } })
  await server.close()
})

test('sends a GraphQL multipart request with a declared length', async () => {
  const server = await scriptedServer(payload('SUCCEEDED'))
  const options = ['--name', 'a.txt', '--content-type', 'text/x-notes', '--idempotency-key', 'k1', '--key', 'secret']
  expect(await run(['upload', file, '--conference', 'C1', ...options, '--url', server.url])).toMatchObject({ code: 0 })
  const [{ headers, body } = { headers: {}, body: '' }] = server.received
  expect(headers).toMatchObject({ authorization: 'Bearer secret', 'x-parley-csrf': '1' })
  expect(Number(headers['content-length'])).toBeGreaterThan(bytes.length)
  expect(body).toContain('"input":{"file":null,"name":"a.txt","target":{"conferenceId":"C1"},"idempotencyKey":"k1"}')
  expect(body).toContain('name="map"\r\n\r\n{"0":["variables.input.file"]}')
  expect(body).toContain('name="0"; filename="a.txt"\r\ncontent-type: text/x-notes\r\n')
})

test('makes three attempts with the same idempotency key while nothing is sent', async () => {
  const server = await scriptedServer(payload('NOT_SENT', [problem]))
  const ran = await run(['upload', file, '--user', 'U1', '--url', server.url])
  expect(ran.code).toBe(4)
  expect(server.received).toHaveLength(3)
  const keys = server.received.map(({ body }) => /"idempotencyKey":"([^"]+)"/.exec(body)?.[1])
  expect(new Set(keys).size).toBe(1)
  expect(ran.stderr).toContain('The vendor is away. Retrying.')
})

test('succeeds in a later attempt', async () => {
  const server = await scriptedServer(payload('NOT_SENT', [problem]), payload('SUCCEEDED'))
  expect(await run(['upload', file, '--user', 'U1', '--url', server.url])).toMatchObject({ code: 0 })
  expect(server.received).toHaveLength(2)
})

test.each([
  ['unknown', payload('UNKNOWN', [{ ...problem, code: 'OUTCOME_UNKNOWN' }]), 3],
  ['cut off', 'reset' as const, 3],
  ['rejected', payload('REJECTED', [{ ...problem, code: 'VENDOR_REJECTED' }]), 1],
  ['rejected', createRejection('PAYLOAD_TOO_LARGE'), 1],
])('does not retry an upload that is %s', async (_, response, code) => {
  const server = await scriptedServer(response)
  const ran = await run(['upload', file, '--user', 'U1', '--idempotency-key', 'k1', '--url', server.url])
  expect(ran.code).toBe(code)
  expect(server.received).toHaveLength(1)
  expect(ran.stderr.includes('--idempotency-key k1')).toBe(code === 3)
})

test.each([
  ['no file', ['--user', 'U1']],
  ['a file that is not there', ['nowhere.pdf', '--user', 'U1']],
  ['a folder', ['.', '--user', 'U1']],
  ['no target', [import.meta.filename]],
  ['standard input without a name', ['-', '--user', 'U1']],
  ['two targets', [import.meta.filename, '--user', 'U1', '--account', 'zoom']],
])('exits with 2 for %s', async (_, args) => {
  expect(await run(['upload', ...args, '--url', 'http://127.0.0.1:9/graphql'])).toMatchObject({ code: 2, stdout: '' })
})

test('formatProgress prints the amount, the speed, and the remaining time', () => {
  const MiB = 1024 ** 2
  expect(formatProgress(0, 64 * MiB, 0)).toBe('0.0 of 64.0 MiB')
  expect(formatProgress(16 * MiB, 64 * MiB, 4_000)).toBe('16.0 of 64.0 MiB, 4.0 MiB/s, 12 s left')
  expect(formatProgress(1024 * MiB, 5 * 1024 * MiB, 60_000)).toBe('1.0 of 5.0 GiB, 17.1 MiB/s, 4 min 0 s left')
  expect(formatProgress(MiB, 1024 * MiB, 10_000)).toBe('0.0 of 1.0 GiB, 0.1 MiB/s, 2 h 50 min left')
})
