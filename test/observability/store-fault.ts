import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { startProcess } from '../support/server.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { createPerson } from '../../src/sandboxes/people.ts'
import { scrape } from './scrape.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

/** Creates a data folder with the store of an earlier server. */
export async function createDataFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const journal = new SqliteOperationStore(join(folder, 'operations.sqlite'))
  await journal.check()
  await journal.close()
  writeFileSync(join(folder, 'cursor-secret'), 'x'.repeat(43))
  return folder
}

export const storeFaults = {
  'holds garbage': (file: string) => writeFileSync(file, Buffer.alloc(8_192, 'garbage')),
  'is cut short': (file: string) => truncateSync(file, 5_000),
  'is a folder': (file: string) => {
    rmSync(file)
    mkdirSync(file)
  },
  'cannot have its write-ahead log': (file: string) => mkdirSync(`${file}-wal`),
  'stands in a folder that is a file': (file: string) => {
    rmSync(dirname(file), { recursive: true })
    writeFileSync(dirname(file), '')
  },
  'cannot grow because the disk is full': () => {},
} as const

export type StoreFault = keyof typeof storeFaults

const rejected = {
  parley_store_up: 0,
  'parley_mutations_total{mutation="createConference",outcome="NOT_SENT"}': 1,
  'parley_operations_total{kind="mutation",code="STORE_UNAVAILABLE"}': 1,
  'parley_operations_total{kind="mutation",code="ok"}': 0,
}

/** Starts a server with a broken store, and checks what it reports before and after a mutation. */
export async function assertReported(fault: StoreFault): Promise<void> {
  const sandbox = await startSandbox('trueconf')
  onTestFinished(() => sandbox.close())
  const data = await createDataFolder()
  storeFaults[fault](join(data, 'operations.sqlite'))
  const parley = await startProcess(
    { accounts: { berlin: sandbox.account }, data },
    { isDiskFull: fault.includes('disk') },
  )
  onTestFinished(() => parley.dispose())
  const errors = () => parley.lines().filter(({ level, msg }) => level === 50 && msg.startsWith('store'))
  // No mutation was sent yet.
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
      query: `mutation { createConference(input: { account: "berlin", title: "A", owner: { email: "${createPerson(1000).email}" } }) { outcome problems { code } } }`,
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
}
