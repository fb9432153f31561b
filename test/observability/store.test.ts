import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createLogger } from '../../src/telemetry/log.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { createStoreUnavailableProblem } from '../../src/operations/store.ts'
import { watchStore } from '../../src/operations/watched-store.ts'
import { createPerson } from '../../src/sandboxes/people.ts'
import { createStoreHealth } from '../../src/telemetry/store-health.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { mutate, open } from '../operations/open.ts'
import { readSamples } from './scrape.ts'
import { assertReported, createDataFolder } from './store-fault.ts'

test('reports a store file that holds garbage', () => assertReported('holds garbage'))

function watch(now?: () => number) {
  const lines: Record<string, unknown>[] = []
  const log = createLogger('info', { write: (text) => void lines.push(JSON.parse(text) as Record<string, unknown>) })
  const metrics = createMetrics()
  return {
    lines,
    health: createStoreHealth(log, metrics, now),
    samples: async () => readSamples(await metrics.formatMetrics()),
  }
}

test('reports that a store works again, and records the outcomes of the meantime', async () => {
  const folder = await createDataFolder()
  const file = join(folder, 'operations.sqlite')
  writeFileSync(file, 'garbage')
  const { lines, health, samples } = watch()
  const opened = await open(trueconf, { store: watchStore(new SqliteOperationStore(file), health) })
  const input = { account: 'trueconf', title: 'A', owner: { email: createPerson(1000).email } }
  for (let number = 0; number < 20; number++)
    expect(await mutate(opened, 'createConference', input)).toMatchObject({ outcome: 'NOT_SENT' })
  expect((await samples()).get('parley_store_up')).toBe(0)
  rmSync(file)
  await vi.waitFor(async () => {
    opened.clock.advance(5_000)
    expect((await samples()).get('parley_store_up')).toBe(1)
  })
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [50, 'store failed: mutations are rejected'],
    [40, 'store recovered'],
  ])
  expect(await mutate(opened, 'createConference', input)).toMatchObject({ outcome: 'SUCCEEDED' })
  expect(opened.internalErrors).toEqual([])
})

test('logs the first failure of a store and then one line each minute', async () => {
  let now = 1_000_000
  const { lines, health, samples } = watch(() => now)
  const fail = () => health.onFailure(createStoreUnavailableProblem(new Error('disk full')))
  for (let second = 0; second < 180; second++) {
    for (let failure = 0; failure < 10; failure++) fail()
    now += 1_000
  }
  health.onSuccess()
  health.onSuccess()
  fail()
  const failed = 'store failed: mutations are rejected'
  const still = 'store still failing: mutations are rejected'
  expect(lines.map(({ msg, count }) => [msg, count])).toEqual([
    [failed, 1],
    [still, 601],
    [still, 1_201],
    ['store recovered', 1_800],
    [failed, 1],
  ])
  expect((await samples()).get('parley_store_failures_total')).toBe(1_801)
})
