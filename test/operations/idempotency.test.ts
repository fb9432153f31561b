import { setImmediate } from 'node:timers/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import type { OperationRecord } from '../../src/operations/store.ts'
import { start as startTrueConf } from '../../src/sandboxes/trueconf/index.ts'
import { openAccount } from '../../src/vendors/accounts.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { holdCreates, mutate, open, type Opened } from './open.ts'

const input = (more: object = {}) => ({
  account: 'trueconf',
  title: 'Board',
  owner: { vendorId: 'helen' },
  idempotencyKey: 'key',
  ...more,
})
const create = (opened: Opened, more: object = {}, as: object = {}) =>
  mutate(opened, 'createConference', input(more), as)
const creating = { method: 'POST', path: /\/conferences$/ }
const made = ({ sandbox }: Opened): number => sandbox.effects.filter(({ kind }) => kind === 'createConference').length
const outcomeOf = async ({ execute }: Opened, id: string): Promise<unknown> =>
  (await execute('query ($id: ID!) { operation(id: $id) { outcome } }', { id })).operation.outcome

test('returns the stored result for the same key and input, but not for another caller or mutation', async () => {
  const opened = await open(trueconf)
  const { replayed: _, clientMutationId: __, ...first } = await create(opened, { clientMutationId: 'a' })
  const { replayed, clientMutationId, ...second } = await create(opened, { clientMutationId: 'b' })
  expect(second).toEqual(first)
  expect({ replayed, clientMutationId }).toEqual({ replayed: true, clientMutationId: 'b' })
  expect(made(opened)).toBe(1)
  expect(await create(opened, {}, { caller: 'eve' })).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  const renamed = { conferenceId: first.conference.id, title: 'New', idempotencyKey: 'key' }
  expect(await mutate(opened, 'updateConference', renamed)).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(made(opened)).toBe(2)
})

test('rejects another input with the same key', async () => {
  const opened = await open(trueconf)
  await create(opened)
  const reused = await create(opened, { title: 'Other' })
  expect(reused).toMatchObject({
    outcome: 'REJECTED',
    replayed: false,
    problems: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] }],
  })
  expect(made(opened)).toBe(1)
})

test('executes 50 simultaneous requests with the same key once', async () => {
  const opened = await open(trueconf)
  const responses = await Promise.all(Array.from({ length: 50 }, () => create(opened)))
  expect(responses.filter(({ replayed }) => replayed)).toHaveLength(49)
  expect(new Set(responses.map(({ conference }) => conference.id)).size).toBe(1)
  expect(made(opened)).toBe(1)
})

test('replays a rejection but not an operation that was not sent', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'status', status: 409, body: '{}', times: 1 })
  expect(await create(opened)).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'VENDOR_CONFLICT' }] })
  expect(await create(opened)).toMatchObject({ outcome: 'REJECTED', replayed: true })
  expect(made(opened)).toBe(0)
  opened.sandbox.fault({ match: { path: /\/users/ }, kind: 'status', status: 500, times: 9 })
  const other = { idempotencyKey: 'other', owner: { email: 'helen@example.com' } }
  const unsent = await create(opened, other)
  expect(unsent).toMatchObject({ outcome: 'NOT_SENT', problems: [{ code: 'VENDOR_UNAVAILABLE' }] })
  opened.sandbox.clearFaults()
  const again = await create(opened, other)
  expect(again.replayed).toBe(false)
  expect(again.operation.id).not.toBe(unsent.operation.id)
})

test('releases a key after 24 hours', async () => {
  const opened = await open(trueconf)
  const first = await create(opened)
  opened.clock.advance(24 * 3_600_000 + 1)
  const second = await create(opened)
  expect(second).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(second.conference.id).not.toBe(first.conference.id)
  expect(made(opened)).toBe(2)
})

test('reconciles in the background a change that took effect although its response was lost', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'reset', apply: true, times: 1 })
  const lost = await create(opened)
  expect(lost).toMatchObject({
    outcome: 'UNKNOWN',
    conference: null,
    problems: [{ code: 'OUTCOME_UNKNOWN' }, { code: 'VENDOR_UNAVAILABLE', account: { key: 'trueconf' } }],
    operation: { outcome: 'UNKNOWN', problem: { code: 'OUTCOME_UNKNOWN' } },
  })
  opened.clock.advance(1_000)
  await vi.waitFor(async () => expect(await outcomeOf(opened, lost.operation.id)).toBe('SUCCEEDED'))
  const replay = await create(opened)
  expect(replay).toMatchObject({ outcome: 'SUCCEEDED', replayed: true, conference: { title: 'Board' }, problems: [] })
  expect(made(opened)).toBe(1)
})

test('reconciles an operation after its account was removed for more than a minute and added again', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'reset', apply: true, times: 1 })
  const lost = await create(opened)
  const [account] = opened.accounts.splice(0)
  opened.clock.advance(61_000)
  await setImmediate()
  expect(await outcomeOf(opened, lost.operation.id)).toBe('UNKNOWN')
  opened.accounts.push(account!)
  await vi.waitFor(async () => {
    opened.clock.advance(60_000)
    expect(await outcomeOf(opened, lost.operation.id)).toBe('SUCCEEDED')
  })
  expect(made(opened)).toBe(1)
})

test('leaves an outcome UNKNOWN while the account is another server and reconciles it after the account is back', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'reset', apply: true, times: 1 })
  expect(await create(opened)).toMatchObject({ outcome: 'UNKNOWN' })
  const [account] = opened.accounts.splice(0)
  const other = await startTrueConf({ now: opened.clock.now })
  const { vendor: _, ...config } = other.account
  const moved = openAccount({ key: 'trueconf', definition: trueconf, config: trueconf.config.parse(config) })
  onTestFinished(async () => {
    await moved.upstream.close()
    await other.close()
  })
  opened.accounts.push(moved)
  opened.clock.advance(61_000)
  await setImmediate()
  expect(await create(opened)).toMatchObject({ outcome: 'UNKNOWN', replayed: true })
  expect(other.ledger).toEqual([])
  opened.accounts.splice(0, 1, account!)
  expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(made(opened)).toBe(1)
})

test('confirms a missing change as absent after a minute and only then sends it again', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'reset', times: 1 })
  const lost = await create(opened)
  expect(lost.outcome).toBe('UNKNOWN')
  expect(await create(opened)).toMatchObject({ outcome: 'UNKNOWN', replayed: true })
  opened.clock.advance(59_999)
  expect(await create(opened)).toMatchObject({ outcome: 'UNKNOWN', replayed: true })
  opened.clock.advance(1)
  await vi.waitFor(async () => expect(await outcomeOf(opened, lost.operation.id)).toBe('NOT_SENT'))
  expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(made(opened)).toBe(1)
})

test('finds a change that took effect late with the same key and does not send it again', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'reset', apply: true, times: 1 })
  // The vendor does not report the change until it has executed it.
  const late = opened.sandbox.fault({ match: { method: 'GET' }, kind: 'status', status: 404, body: '{}' })
  await create(opened)
  expect(await create(opened)).toMatchObject({ outcome: 'UNKNOWN' })
  late()
  opened.clock.advance(20_000)
  expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(made(opened)).toBe(1)
})

test('verifies a change at once if the response was truncated in its body', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'cut', apply: true, times: 1 })
  expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', conference: { title: 'Board' }, problems: [] })
  opened.sandbox.fault({ match: creating, kind: 'cut', times: 1 })
  const lost = await create(opened, { idempotencyKey: 'other' })
  expect(lost).toMatchObject({ outcome: 'UNKNOWN', problems: [{ vendorStatus: 200 }, { code: 'VENDOR_BAD_RESPONSE' }] })
  expect(made(opened)).toBe(1)
})

test('reconciles in the next process an operation that was in progress when its process ended', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'delay', ms: 1_000_000, times: 1 })
  const caller = new AbortController()
  const abandoned = create(opened, {}, { signal: caller.signal })
  await vi.waitFor(() => expect(opened.sandbox.ledger.some(({ method }) => method === 'POST')).toBe(true))
  await vi.waitFor(() => expect(opened.sandbox.ledger.filter(({ path }) => creating.path.test(path))).toHaveLength(1))
  await opened.restart()
  await vi.waitFor(async () => expect((await opened.store.listUnresolved(0, new Set()))[0]?.outcome).toBe('UNKNOWN'))
  expect(await create(opened)).toMatchObject({ outcome: 'UNKNOWN', replayed: true })
  opened.clock.advance(60_000)
  expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  caller.abort()
  await abandoned
  expect(made(opened)).toBe(1)
})

test('does not recover operations of a running process', async () => {
  const { before, release } = holdCreates()
  const opened = await open(trueconf, { seed: { users: 60, conferences: 20, before } })
  const running = create(opened)
  const outcomes = async (): Promise<unknown[]> =>
    (await opened.store.listUnresolved(0, new Set())).map(({ outcome }) => outcome).toSorted()
  await vi.waitFor(async () => expect(await outcomes()).toEqual(['PENDING']))
  const [pending] = await opened.store.listUnresolved(0, new Set())
  await opened.store.insert({ ...pending!, id: 'abandoned', key: 'abandoned', processId: 'gone' })
  opened.startAnother()
  await vi.waitFor(async () => expect(await outcomes()).toEqual(['PENDING', 'UNKNOWN']))
  release()
  expect(await running).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(made(opened)).toBe(1)
})

test('releases the key of an operation whose insert failed after the store has recovered', async () => {
  class Lossy extends SqliteOperationStore {
    lossy = true
    override async insert(record: OperationRecord): Promise<OperationRecord | null> {
      const holder = await super.insert(record)
      if (this.lossy) throw new Problem('STORE_UNAVAILABLE', 'The response was lost.')
      return holder
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-lossy-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const store = new Lossy(join(folder, 'operations.sqlite'))
  const opened = await open(trueconf, { store })
  expect(await create(opened)).toMatchObject({ outcome: 'NOT_SENT', problems: [{ code: 'STORE_UNAVAILABLE' }] })
  store.lossy = false
  expect(await create(opened)).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(made(opened)).toBe(1)
})

test('sends no mutation and serves reads while the store is unavailable', async () => {
  class Broken extends SqliteOperationStore {
    override insert(): Promise<never> {
      return Promise.reject(new Problem('STORE_UNAVAILABLE', 'No room.'))
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-broken-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const opened = await open(trueconf, { store: new Broken(join(folder, 'operations.sqlite')) })
  expect(await create(opened, { idempotencyKey: null })).toMatchObject({
    outcome: 'NOT_SENT',
    operation: null,
    problems: [{ code: 'STORE_UNAVAILABLE', retryable: true }],
  })
  expect(opened.sandbox.ledger).toEqual([])
  expect((await opened.execute('{ users(first: 1) { nodes { id } } }')).users.nodes).toHaveLength(1)
})

test('reports IDEMPOTENCY_IN_PROGRESS if the deadline ends before the operation', async () => {
  const { before, release, countReceived } = holdCreates()
  const opened = await open(trueconf, { seed: { users: 60, conferences: 20, before } })
  const first = create(opened)
  await vi.waitFor(() => expect(countReceived()).toBe(1))
  const deadline = new AbortController()
  const second = create(opened, {}, { signal: deadline.signal })
  deadline.abort(new Problem('DEADLINE_EXCEEDED', 'Too late.'))
  expect(await second).toMatchObject({
    outcome: 'PENDING',
    replayed: true,
    problems: [{ code: 'IDEMPOTENCY_IN_PROGRESS', retryable: true }],
    operation: { outcome: 'PENDING' },
  })
  release()
  expect(await first).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(made(opened)).toBe(1)
})

test('waits for an operation that runs in another process with the same store', async () => {
  const opened = await open(trueconf)
  const { operation } = await create(opened)
  const id = Buffer.from(operation.id, 'base64url').toString().split(':')[2]!
  const done = (await opened.store.find(id))!
  await opened.store.updateIf({ ...done, outcome: 'PENDING', result: null }, ['SUCCEEDED'])
  const waiting = create(opened)
  await opened.store.updateIf(done, ['PENDING'])
  await vi.waitFor(() => {
    opened.clock.advance(250)
    return expect(Promise.race([waiting, Promise.resolve(null)])).resolves.not.toBeNull()
  })
  expect(await waiting).toMatchObject({ outcome: 'SUCCEEDED', replayed: true, conference: { title: 'Board' } })
  expect(made(opened)).toBe(1)
})

test('verifies the change after an internal error during a write, reports NOT_SENT for one before it, and logs both', async () => {
  const opened = await open(trueconf)
  const { vendor } = opened.account
  const { createConference } = vendor
  vendor.createConference = async (...call) => {
    await createConference!(...call)
    throw new TypeError('a bug')
  }
  const response = await create(opened)
  // The change was found at the vendor, so that its outcome is certain.
  expect(response).toMatchObject({ outcome: 'SUCCEEDED', conference: { title: 'Board' } })
  expect(opened.internalErrors).toMatchObject([{ message: 'a bug' }])
  vendor.createConference = () => Promise.reject(new TypeError('another'))
  const other = await create(opened, { idempotencyKey: 'other' })
  expect(other).toMatchObject({ outcome: 'NOT_SENT', problems: [{ code: 'INTERNAL' }] })
  expect(made(opened)).toBe(1)
})
