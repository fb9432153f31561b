import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ByteBudget } from '../../src/core/byte-budget.ts'
import { Problem } from '../../src/core/errors.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import type { Outcome } from '../../src/operations/outcome.ts'
import type { OperationRecord } from '../../src/operations/store.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createDataFolder, holdCreates, mutate, open } from './open.ts'
import { serve } from './server.ts'
import { record } from './store-suite.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const input = { account: 'trueconf', title: 'Board', owner: { vendorId: 'helen' }, idempotencyKey: 'key' }
const creating = { method: 'POST', path: /\/conferences$/ }

async function serveTrueConf(data?: string, options: object = {}) {
  const sandbox = await startSandbox('trueconf', options)
  const server = await serve({ trueconf: sandbox.account }, {}, data)
  onTestFinished(async () => {
    await server.stop()
    await sandbox.close()
  })
  const sendQuery = async (query: string, variables: object = {}, signal?: AbortSignal): Promise<any> => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ query, variables })
    const response = await fetch(server.url, { method: 'POST', headers, body, signal: signal ?? null })
    return response.json()
  }
  return { sandbox, sendQuery }
}

const mutation = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) { outcome replayed problems { code } operation { id } conference { title } }
}`

test("counts the bytes that a mutation's vendor calls buffer for its caller", async () => {
  const opened = await open(trueconf)
  const budget = new ByteBudget(1024 ** 2)
  const reserve = vi.spyOn(budget, 'reserve')
  expect(await mutate(opened, 'createConference', input, { budget })).toMatchObject({ outcome: 'SUCCEEDED' })
  expect(reserve.mock.calls.map(([caller]) => caller)).toContain('ada')
  expect(budget.usedBytes).toBe(0)
})

test('aborts mutations that run longer than the grace period of a stop and records UNKNOWN', async () => {
  const opened = await open(trueconf)
  const lift = opened.sandbox.fault({ match: creating, kind: 'delay', ms: 1_000_000 })
  const pending = mutate(opened, 'createConference', input)
  await vi.waitFor(() => expect(opened.sandbox.ledger.some(({ path }) => creating.path.test(path))).toBe(true))
  const stopped = opened.operations.stop(5_000)
  opened.clock.advance(5_000)
  expect(await pending).toMatchObject({
    outcome: 'UNKNOWN',
    problems: [{ code: 'OUTCOME_UNKNOWN' }, { code: 'SHUTTING_DOWN' }],
  })
  opened.clock.advance(500)
  await stopped
  lift()
  await opened.restart()
  expect(await mutate(opened, 'createConference', input)).toMatchObject({ outcome: 'UNKNOWN', replayed: true })
})

test('waits for running mutations during a stop', async () => {
  const opened = await open(trueconf)
  const received = mutate(opened, 'createConference', input)
  await vi.waitFor(() => expect(opened.sandbox.ledger).not.toEqual([]))
  await opened.operations.stop(25_000)
  expect(await received).toMatchObject({ outcome: 'SUCCEEDED' })
  expect(opened.sandbox.effects).toHaveLength(1)
})

test('returns an outcome that cannot be recorded and records it later', async () => {
  let broken = true
  class Flaky extends SqliteOperationStore {
    override updateIf(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
      return broken ? Promise.reject(new Problem('STORE_UNAVAILABLE', 'No room.')) : super.updateIf(record, expected)
    }
  }
  const folder = createDataFolder()
  const opened = await open(trueconf, { store: new Flaky(join(folder, 'operations.sqlite')) })
  const { operation, outcome } = await mutate(opened, 'createConference', input)
  expect(outcome).toBe('SUCCEEDED')
  const readOutcome = async (): Promise<unknown> =>
    (await opened.execute('query ($id: ID!) { operation(id: $id) { outcome } }', { id: operation.id })).operation
      .outcome
  expect(await readOutcome()).toBe('PENDING')
  broken = false
  await vi.waitFor(async () => {
    opened.clock.advance(5_000)
    expect(await readOutcome()).toBe('SUCCEEDED')
  })
})

test('returns the result with the same key after the client disconnected', async () => {
  const { before, release, countReceived } = holdCreates()
  const { sandbox, sendQuery } = await serveTrueConf(undefined, { before })
  const client = new AbortController()
  const gone = sendQuery(mutation, { input }, client.signal)
  await vi.waitFor(() => expect(countReceived()).toBe(1))
  client.abort()
  await expect(gone).rejects.toThrow('aborted')
  release()
  const { data } = await sendQuery(mutation, { input })
  expect(data.createConference).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(sandbox.effects).toHaveLength(1)
})

test('starts, serves reads, and sends no mutation without a data folder', async () => {
  const data = join(createDataFolder(), 'data')
  writeFileSync(data, 'in the way')
  const { sandbox, sendQuery } = await serveTrueConf(data)
  const rejected = await sendQuery(mutation, { input })
  expect(rejected.data.createConference).toMatchObject({
    outcome: 'NOT_SENT',
    problems: [{ code: 'STORE_UNAVAILABLE' }],
    operation: null,
  })
  expect(sandbox.ledger).toEqual([])
  const { data: read } = await sendQuery('{ users(first: 1) { nodes { id } } }')
  expect(read.users.nodes).toHaveLength(1)
})

test('stores no credential and no passcode', async () => {
  const opened = await open(zoom)
  const owner = { vendorId: (opened.sandbox as ZoomSandbox).data.users[0]!.id }
  const passcode = 'Canary_7x'
  const vendorOptions = { settings: { host_video: true }, tracking_fields: [{ field: 'team', value: 'blue' }] }
  const secretInput = { account: 'zoom', title: 'Secret', owner, passcode, vendorOptions }
  const { conference, outcome } = await mutate(opened, 'createConference', secretInput)
  expect(outcome).toBe('SUCCEEDED')
  const { startUrl } = await mutate(opened, 'runConference', { conferenceId: conference.id })
  const { token } = await mutate(opened, 'issueUserToken', { userId: opened.encodeId('User', owner.vendorId) })
  opened.sandbox.fault({ match: { method: 'POST', path: /\/meetings$/ }, kind: 'reset', times: 1 })
  await mutate(opened, 'createConference', { ...secretInput, title: 'Lost' })
  const zak = new URL(startUrl as string).searchParams.get('zak')
  for (const name of readdirSync(opened.folder)) {
    const bytes = readFileSync(join(opened.folder, name))
    for (const secret of [passcode, startUrl, token, zak]) {
      if (typeof secret !== 'string' || secret === '') continue
      for (const encoding of ['utf8', 'utf16le'] as const)
        expect(bytes.includes(Buffer.from(secret, encoding)), `${name}: ${secret}`).toBe(false)
    }
  }
})

test('does not recover running operations if the start fails because the address is in use', async () => {
  const data = createDataFolder()
  onTestFinished(() => rmSync(data, { recursive: true }))
  const journal = new SqliteOperationStore(join(data, 'operations.sqlite'))
  await journal.insert(
    record({ id: 'under-way', processId: 'one that has ended', account: 'trueconf', startedAt: Date.now() }),
  )
  const sandbox = await startSandbox('trueconf')
  onTestFinished(() => sandbox.close())
  const { port } = new URL(sandbox.url)
  await expect(serve({ trueconf: sandbox.account }, {}, data, port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  expect(await journal.find('under-way')).toMatchObject({ outcome: 'PENDING' })
  await journal.close()
})
