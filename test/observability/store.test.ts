import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { startParley } from '../../bench/parley.ts'
import { createLogger } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { Journal } from '../../src/operations/journal.ts'
import { storeUnavailable } from '../../src/operations/store.ts'
import { watchStore } from '../../src/operations/watched-store.ts'
import { person } from '../../src/sandbox/people.ts'
import { createStoreHealth } from '../../src/store-health.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { mutate, open } from '../operations/open.ts'
import { readSamples, scrape } from './scrape.ts'

const sandbox = await trueconf.sandbox({ port: 0 })
afterAll(() => sandbox.close())

/** A data folder with a store as an earlier server left it. */
async function dataFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const journal = new Journal(join(folder, 'operations.sqlite'))
  await journal.check()
  await journal.close()
  writeFileSync(join(folder, 'cursor-secret'), 'x'.repeat(43))
  return folder
}

const faults: Record<string, (file: string) => void> = {
  'holds garbage': (file) => writeFileSync(file, Buffer.alloc(8_192, 'garbage')),
  'is cut short': (file) => truncateSync(file, 5_000),
  'is a folder': (file) => {
    rmSync(file)
    mkdirSync(file)
  },
  'cannot have its write-ahead log': (file) => mkdirSync(`${file}-wal`),
  'stands in a folder that is a file': (file) => {
    rmSync(dirname(file), { recursive: true })
    writeFileSync(dirname(file), '')
  },
  'cannot grow because the disk is full': () => {},
}

const rejected = {
  parley_store_up: 0,
  'parley_mutations_total{mutation="createConference",outcome="NOT_SENT"}': 1,
  'parley_operations_total{kind="mutation",code="STORE_UNAVAILABLE"}': 1,
  'parley_operations_total{kind="mutation",code="ok"}': 0,
}

test.each(Object.keys(faults))('reports a store file that %s', async (fault) => {
  const data = await dataFolder()
  faults[fault]!(join(data, 'operations.sqlite'))
  const parley = await startParley(
    { accounts: { berlin: sandbox.account }, data },
    { isDiskFull: fault.includes('disk') },
  )
  onTestFinished(() => parley.dispose())
  const errors = () => parley.lines().filter(({ level, msg }) => level === 50 && msg.startsWith('store'))
  // Nobody has sent a mutation yet.
  await vi.waitFor(() => expect(errors()).toHaveLength(1))
  expect(errors()[0]).toMatchObject({
    msg: 'store failed: mutations are rejected',
    err: { message: expect.any(String) },
  })
  expect((await scrape(parley.url)).get('parley_store_up')).toBe(0)
  const effects = sandbox.effects.length
  const response = await fetch(`${parley.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation { createConference(input: { account: "berlin", title: "A", owner: { email: "${person(1000).email}" } }) { outcome problems { code } } }`,
    }),
  })
  const payload = { outcome: 'NOT_SENT', problems: [{ code: 'STORE_UNAVAILABLE' }] }
  expect(await response.json()).toMatchObject({ data: { createConference: payload } })
  expect(sandbox.effects).toHaveLength(effects)
  const samples = await scrape(parley.url)
  expect(Object.fromEntries(samples)).toMatchObject(rejected)
  expect(samples.get('parley_store_failures_total')).toBeGreaterThan(1)
  expect((await fetch(`${parley.url}/readyz`)).status).toBe(200)
  await vi.waitFor(() => expect(parley.lines().map(({ msg }) => msg)).toContain('mutation'))
  expect(parley.lines().find(({ msg }) => msg === 'mutation')).toMatchObject({
    mutation: 'createConference',
    outcome: 'NOT_SENT',
    code: 'STORE_UNAVAILABLE',
  })
  expect(errors()).toHaveLength(1)
})

function watch(now?: () => number) {
  const lines: Record<string, unknown>[] = []
  const log = createLogger('info', { write: (text) => void lines.push(JSON.parse(text) as Record<string, unknown>) })
  const metrics = createMetrics()
  return { lines, health: createStoreHealth(log, metrics, now), samples: async () => readSamples(await metrics.text()) }
}

test('reports that a store works again, and records what was answered meanwhile', async () => {
  const folder = await dataFolder()
  const file = join(folder, 'operations.sqlite')
  writeFileSync(file, 'garbage')
  const { lines, health, samples } = watch()
  const opened = await open(trueconf, { store: watchStore(new Journal(file), health) })
  const input = { account: 'trueconf', title: 'A', owner: { email: person(1000).email } }
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
  expect(opened.defects).toEqual([])
})

test('logs the first failure of a store and then one line a minute', async () => {
  let now = 1_000_000
  const { lines, health, samples } = watch(() => now)
  const fail = () => health.onFailure(storeUnavailable(new Error('disk full')))
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
