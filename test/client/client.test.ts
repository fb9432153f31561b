import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, expectTypeOf, onTestFinished, test } from 'vitest'
import {
  AccountsDocument,
  ConferencesDocument,
  createClient,
  EndConferenceDocument,
  isDone,
  isNotSent,
  isRejected,
  isUnknown,
  OperationDocument,
  ParleyError,
  UsersDocument,
  type Outcome,
} from '../../src/client/node.ts'
import { createClient as createBrowserClient } from '../../src/client/index.ts'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { scriptedServer, createRejection } from '../cli/scripted-server.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

let sandboxes: Sandboxes
let server: OpenServer
const key = 'a-key-of-the-test'

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  const apiKeySha256 = createHash('sha256').update(key).digest('hex')
  const clients = [{ name: 'test', apiKeySha256, scopes: ['read', 'write'] }]
  server = await openServer({ accounts: sandboxes.accounts, clients })
})
afterAll(async () => {
  await server.close()
  await sandboxes.close()
})

const open = (key?: string) => createClient({ url: server.graphqlUrl, ...(key === undefined ? {} : { key }) })
const thrownBy = async (work: Promise<unknown>): Promise<ParleyError> => {
  const error: unknown = await work.then(() => null).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ParleyError)
  return error as ParleyError
}

test('returns the type of the document from request', async () => {
  const { accounts } = await open(key).request(AccountsDocument, {})
  expectTypeOf(accounts[0]!.vendor).toEqualTypeOf<'IMEET_CENTRAL' | 'TRUECONF' | 'ZOOM'>()
  expect(accounts.map(({ key }) => key)).toEqual(['zoom', 'trueconf', 'imeetcentral'])
})

test('uses the given fetch', async () => {
  const urls: string[] = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    urls.push(String(input))
    return globalThis.fetch(input, init)
  }
  await createClient({ url: server.graphqlUrl, key, fetch }).request(AccountsDocument, {})
  expect(urls).toEqual([server.graphqlUrl])
})

test('returns every node once from paginate, and resumes after any page', async () => {
  const cursors: (string | null)[] = []
  const ids = new Set<string>()
  const onPage = (_: unknown, after: string | null) => void cursors.push(after)
  for await (const user of open(key).paginate(UsersDocument, { first: 100 }, ({ users }) => users, { onPage })) {
    expectTypeOf(user.email).toEqualTypeOf<string | null>()
    ids.add(user.id)
  }
  expect(ids.size).toBe(2000)
  const rest = open(key).paginate(UsersDocument, { first: 100, after: cursors[2]! }, ({ users }) => users)
  let count = 0
  for await (const { id } of rest) {
    expect(ids.has(id)).toBe(true)
    count += 1
  }
  expect(count).toBe(1700)
})

test('requests no more pages in paginate when its reader stops', async () => {
  const before = sandboxes.running['trueconf']!.ledger.length
  const filter = { accounts: ['trueconf'] }
  for await (const { title } of open(key).paginate(
    ConferencesDocument,
    { first: 5, filter },
    (data) => data.conferences,
  )) {
    expect(title).toEqual(expect.any(String))
    break
  }
  expect(sandboxes.running['trueconf']!.ledger.length - before).toBeLessThanOrEqual(2)
})

test('throws a ParleyError if the server rejects the request', async () => {
  expect(await thrownBy(open().request(AccountsDocument, {}))).toMatchObject({
    code: 'UNAUTHENTICATED',
    retryable: false,
    outcomeUnknown: false,
    requestId: expect.any(String),
  })
  const error = await thrownBy(open(key).request(OperationDocument, { id: 'nonsense' }))
  expect(error).toMatchObject({ code: 'INVALID_ID', data: { operation: null }, errors: [{ path: ['operation'] }] })
})

test('reports the partial data, retryAt, and account of an error', async () => {
  const retryAt = '2026-12-01T10:00:00Z'
  const { url } = await scriptedServer({
    data: { accounts: null },
    ...createRejection('VENDOR_RATE_LIMITED', { retryable: true, retryAt, account: 'zoom' }),
  })
  const error = await thrownBy(createClient({ url }).request(AccountsDocument, {}))
  expect(error).toMatchObject({
    retryable: true,
    retryAt: new Date(retryAt),
    account: 'zoom',
    data: { accounts: null },
  })
})

test.each([
  ['a reset connection', 'reset' as const, true],
  ['a response of a gateway', { status: 502, text: 'bad gateway' }, true],
  ['DEADLINE_EXCEEDED', createRejection('DEADLINE_EXCEEDED', { retryable: true }), true],
  ['FORBIDDEN', createRejection('FORBIDDEN'), false],
])('reports whether the outcome of a mutation is unknown after %s', async (_, response, outcomeUnknown) => {
  const { url, received } = await scriptedServer(response)
  const client = createClient({ url })
  const error = await thrownBy(client.request(EndConferenceDocument, { input: { conferenceId: 'C1' } }))
  expect(error).toMatchObject({ outcomeUnknown, retryable: false })
  expect(received).toHaveLength(1)
  expect(await thrownBy(client.request(AccountsDocument, {}))).toMatchObject({ outcomeUnknown: false })
})

test('reports status 429 of a proxy as retryable, also for a mutation', async () => {
  const { url } = await scriptedServer({ status: 429, text: 'slow down' })
  const client = createClient({ url })
  const expected = { code: 'UNREACHABLE', retryable: true, outcomeUnknown: false }
  expect(await thrownBy(client.request(AccountsDocument, {}))).toMatchObject(expected)
  const input = { conferenceId: 'C1' }
  expect(await thrownBy(client.request(EndConferenceDocument, { input }))).toMatchObject(expected)
})

test('reports a mutation that could not be sent as retryable', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  const client = createClient({ url: `http://127.0.0.1:${port}/graphql` })
  const error = await thrownBy(client.request(EndConferenceDocument, { input: { conferenceId: 'C1' } }))
  expect(error).toMatchObject({ code: 'UNREACHABLE', outcomeUnknown: false, retryable: true })
})

test("throws the signal's reason after an abort", async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(open(key).request(AccountsDocument, {}, { signal })).rejects.toThrow('enough')
  await expect(open(key).upload(import.meta.filename, { account: 'imeetcentral' }, { signal })).rejects.toThrow(
    'enough',
  )
})

test('uploads the bytes of a path and of a stream to the vendor, and reports progress', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-client-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const bytes = randomBytes(500_000)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const path = join(folder, 'notes.bin')
  writeFileSync(path, bytes)
  const { ledger } = sandboxes.running['imeetcentral']!
  const sent: number[] = []
  const options = { onProgress: (bytes: number) => void sent.push(bytes), idempotencyKey: 'upload-1' }
  const first = await open(key).upload(path, { account: 'imeetcentral' }, options)
  expect(first).toMatchObject({ outcome: 'SUCCEEDED', file: { name: 'notes.bin', size: 500_000, sha256 } })
  expect(sent.at(-1)).toBe(500_000)
  const again = await open(key).upload(path, { account: 'imeetcentral' }, options)
  expect(again).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(ledger.filter(({ bodySha256 }) => bodySha256 === sha256)).toHaveLength(1)
  const name = 'stream.bin'
  const streamed = await open(key).upload(Readable.from([bytes]), { account: 'imeetcentral' }, { name })
  expect(streamed).toMatchObject({ outcome: 'SUCCEEDED', replayed: false, file: { name, sha256 } })
  expect(ledger.filter(({ bodySha256 }) => bodySha256 === sha256)).toHaveLength(2)
})

test.each([
  ['the browser entry', createBrowserClient],
  ['the Node entry', createClient],
])('uploads a File and a Blob with %s', async (_, create) => {
  const bytes = randomBytes(100_000)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const client = create({ url: server.graphqlUrl, key })
  const target = { account: 'imeetcentral' }
  const file = new File([bytes], 'größe "1".txt', { type: 'text/plain' })
  const sent = await client.upload(file, target)
  expect(sent).toMatchObject({ outcome: 'SUCCEEDED', file: { name: file.name, contentType: 'text/plain', sha256 } })
  const blob = await client.upload(new Blob([bytes]), target, { name: 'blob.bin' })
  expect(blob).toMatchObject({ file: { name: 'blob.bin', contentType: 'application/octet-stream', sha256 } })
  const error = await thrownBy(create({ url: server.graphqlUrl, key: 'wrong' }).upload(file, target))
  expect(error).toMatchObject({ code: 'UNAUTHENTICATED', outcomeUnknown: false })
})

test('does not upload the rest of a rejected file', async () => {
  const endless = async function* () {
    for (;;) yield randomBytes(65_536)
  }
  const error = await thrownBy(open('wrong').upload(endless(), { account: 'imeetcentral' }))
  expect(error).toMatchObject({ code: 'UNAUTHENTICATED', outcomeUnknown: false })
})

test('lets the event loop turn after each chunk of a file that is read without a wait', async () => {
  let turns = 0
  let counting = setImmediate(function count() {
    turns++
    counting = setImmediate(count)
  })
  onTestFinished(() => clearImmediate(counting))
  const turnsByChunk: number[] = []
  const source = async function* () {
    for (const chunk of Array(20).fill(randomBytes(1_000))) {
      turnsByChunk.push(turns)
      yield chunk
    }
  }
  const { outcome } = await open(key).upload(source(), { account: 'imeetcentral' })
  expect(outcome).toBe('SUCCEEDED')
  expect(new Set(turnsByChunk).size).toBe(20)
})

test('fails an upload if the file does not have the announced size', async () => {
  const bytes = Readable.from([Buffer.from('short')])
  const error = await thrownBy(open(key).upload(bytes, { account: 'imeetcentral' }, { size: 10 }))
  expect(error).toMatchObject({ code: 'UPLOAD_ABORTED', outcomeUnknown: false })
  await expect(open(key).upload('nowhere.bin', { account: 'imeetcentral' })).rejects.toMatchObject({ code: 'ENOENT' })
})

test('assigns each outcome to exactly one of the outcome functions', () => {
  const classify = (outcome: Outcome) => [isDone, isRejected, isNotSent, isUnknown].map((is) => is({ outcome }))
  expect(classify('SUCCEEDED')).toEqual([true, false, false, false])
  expect(classify('REJECTED')).toEqual([false, true, false, false])
  expect(classify('NOT_SENT')).toEqual([false, false, true, false])
  expect(classify('UNKNOWN')).toEqual([false, false, false, true])
  expect(classify('PENDING')).toEqual([false, false, false, true])
})
