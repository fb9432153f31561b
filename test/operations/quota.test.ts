import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { rmSync } from 'node:fs'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { createDataFolder, mutate, open, type Opened } from './open.ts'

const input = { account: 'trueconf', title: 'Board', owner: { vendorId: 'helen' } }
const create = (opened: Opened, change: object, caller = 'ada') =>
  mutate(opened, 'createConference', { ...input, ...change }, { caller })

async function openWithQuota(callerBytes: number): Promise<Opened> {
  const folder = createDataFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return open(trueconf, { store: new SqliteOperationStore(join(folder, 'operations.sqlite'), { callerBytes }) })
}

test('sends no mutation of a caller whose share of the store is full and serves all others', async () => {
  const opened = await openWithQuota(20_000)
  const outcomes: string[] = []
  for (let index = 0; index < 20; index++) {
    const { outcome, problems, operation } = await create(opened, { idempotencyKey: `key-${index}` })
    outcomes.push(outcome)
    if (outcome === 'SUCCEEDED') continue
    expect({ outcome, problems, operation }).toMatchObject({
      outcome: 'NOT_SENT',
      problems: [{ code: 'STORE_QUOTA_EXCEEDED', retryable: true }],
      operation: null,
    })
  }
  const made = outcomes.filter((outcome) => outcome === 'SUCCEEDED').length
  expect(outcomes).toEqual([...Array(made).fill('SUCCEEDED'), ...Array(20 - made).fill('NOT_SENT')])
  expect(made).toBeGreaterThan(0)
  expect(opened.sandbox.effects).toHaveLength(made)
  expect(await create(opened, { idempotencyKey: 'key-0' })).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(await create(opened, { title: '' })).toMatchObject({ outcome: 'REJECTED', operation: null })
  expect(await create(opened, { idempotencyKey: 'key-0' }, 'eve')).toMatchObject({
    outcome: 'SUCCEEDED',
    replayed: false,
  })
  opened.clock.advance(24 * 60 * 60 * 1000 + 1)
  // The keys have expired.
  expect(await create(opened, { idempotencyKey: 'key-0' })).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(opened.internalErrors).toEqual([])
})

test('deletes the oldest operations of the same caller, including rejected ones, to make room for mutations without a key', async () => {
  const opened = await openWithQuota(20_000)
  const rejected = await create(opened, { title: '' })
  const first = await create(opened, {})
  for (let index = 0; index < 60; index++)
    expect(await create(opened, { title: '' })).toMatchObject({
      outcome: 'REJECTED',
      operation: { outcome: 'REJECTED' },
    })
  expect(await create(opened, {})).toMatchObject({ outcome: 'SUCCEEDED' })
  for (const { operation } of [rejected, first])
    expect(await opened.execute('query ($id: ID!) { operation(id: $id) { outcome } }', { id: operation.id })).toEqual({
      operation: null,
    })
})
