import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { createDataFolder } from './open.ts'
import { record, storeSuite } from './store-suite.ts'

const temporary = (): string => {
  const folder = createDataFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

storeSuite(async () => {
  const file = join(temporary(), 'operations.sqlite')
  return (options) => new SqliteOperationStore(file, options)
})

test('creates files that only their owner can read', async () => {
  const file = join(temporary(), 'data', 'operations.sqlite')
  const journal = new SqliteOperationStore(file)
  await journal.insert(record())
  for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777, name).toBe(0o600)
  await journal.close()
})

test('discards a torn last write and keeps everything before it', async () => {
  const folder = temporary()
  const file = join(folder, 'operations.sqlite')
  const journal = new SqliteOperationStore(file)
  const sizes: number[] = []
  for (let index = 0; index < 6; index += 1) {
    await journal.insert(record({ id: String(index), key: String(index) }))
    sizes.push(statSync(`${file}-wal`).size)
  }
  for (let cut = sizes[4]! + 1; cut <= sizes[5]!; cut += 3_001) {
    const torn = join(folder, `torn-${cut}`)
    mkdirSync(torn)
    const copy = join(torn, 'operations.sqlite')
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    truncateSync(`${copy}-wal`, cut)
    const opened = new SqliteOperationStore(copy)
    expect(await opened.listUnresolved(0, new Set())).toHaveLength(cut === sizes[5] ? 6 : 5)
    expect(await opened.insert(record({ id: 'next', key: 'next' }))).toBeNull()
    await opened.close()
  }
  await journal.close()
})

test('returns each of several simultaneous results to its caller, and the first operation owns the key', async () => {
  const journal = new SqliteOperationStore(join(temporary(), 'operations.sqlite'))
  const ids = Array.from({ length: 50 }, (_, index) => String(index))
  const inserts = ids.map((id) => journal.insert(record({ id, key: Number(id) % 2 ? `own ${id}` : 'shared' })))
  const closed = journal.close()
  const holders = await Promise.all(inserts)
  expect(holders.map((holder) => holder?.id ?? null)).toEqual(
    ids.map((id) => (Number(id) % 2 || id === '0' ? null : '0')),
  )
  await closed
  expect(await journal.listUnresolved(0, new Set())).toHaveLength(26)
  await journal.close()
})

test('fails with STORE_UNAVAILABLE until the file can be used', async () => {
  const folder = temporary()
  writeFileSync(join(folder, 'data'), 'in the way')
  const journal = new SqliteOperationStore(join(folder, 'data', 'operations.sqlite'))
  await expect(journal.insert(record())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
  rmSync(join(folder, 'data'))
  expect(await journal.insert(record())).toBeNull()
  await journal.close()
  const broken = join(folder, 'broken.sqlite')
  writeFileSync(broken, Buffer.alloc(8_192, 'no database'))
  const other = new SqliteOperationStore(broken)
  await expect(other.find('one')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  await other.close()
  expect(readFileSync(broken).toString()).toContain('no database')
})

test('creates the file again if it was deleted while it was open', async () => {
  const folder = join(temporary(), 'data')
  const file = join(folder, 'operations.sqlite')
  const journal = new SqliteOperationStore(file)
  await journal.insert(record())
  rmSync(folder, { recursive: true })
  expect(await journal.find('one')).toBeNull()
  await journal.insert(record({ id: 'two' }))
  const later = new SqliteOperationStore(file)
  expect(await later.find('two')).toMatchObject({ id: 'two', outcome: 'PENDING' })
  await later.close()
  await journal.close()
})

test('uses the new file if the file was replaced while it was open', async () => {
  const folder = temporary()
  const [file, other] = [join(folder, 'operations.sqlite'), join(folder, 'other.sqlite')]
  const [journal, second] = [new SqliteOperationStore(file), new SqliteOperationStore(other)]
  await journal.insert(record())
  await second.insert(record({ id: 'other' }))
  await second.close()
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
  renameSync(other, file)
  expect(await journal.find('one')).toBeNull()
  expect(await journal.find('other')).toMatchObject({ id: 'other' })
  await journal.close()
})

test('reports an unreadable record once and returns all others', async () => {
  const file = join(temporary(), 'operations.sqlite')
  const reported: string[] = []
  const journal = new SqliteOperationStore(file, { onUnreadable: (id) => reported.push(id) })
  for (const id of ['one', 'two', 'three']) await journal.insert(record({ id, key: id }))
  const database = new DatabaseSync(file)
  database.exec(
    `UPDATE operation SET record = x'ff0f22' WHERE id = 'one'; UPDATE operation SET record = x'' WHERE id = 'two'`,
  )
  database.close()
  const unavailable = { code: 'STORE_UNAVAILABLE' }
  for (let times = 0; times < 2; times++) {
    expect((await journal.listUnresolved(0, new Set())).map(({ id }) => id)).toEqual(['three'])
    await expect(journal.find('one')).rejects.toMatchObject(unavailable)
    await expect(journal.findByKey('ada', 'createConference', 'two')).rejects.toMatchObject(unavailable)
    await expect(journal.insert(record({ id: 'next', key: 'two' }))).rejects.toMatchObject(unavailable)
  }
  expect(reported.toSorted()).toEqual(['one', 'two'])
  await journal.releaseKeysOlderThan(2_000)
  expect(await journal.insert(record({ id: 'next', key: 'two' }))).toBeNull()
  await journal.deleteOlderThan(2_000)
  expect(await journal.find('one')).toBeNull()
  await journal.close()
})

test('migrates a store of the earlier version and counts its records', async () => {
  const file = join(temporary(), 'operations.sqlite')
  const before = new SqliteOperationStore(file)
  for (const id of ['one', 'two']) await before.insert(record({ id, key: id }))
  await before.close()
  const database = new DatabaseSync(file)
  database.exec(`DROP TRIGGER countInsert; DROP TRIGGER countUpdate; DROP TRIGGER countDelete; DROP TABLE usage;
    DROP INDEX evictable; DROP INDEX heldAges; DROP INDEX openOperations; ALTER TABLE operation DROP COLUMN process;
    PRAGMA user_version = 0`)
  database.close()
  const [journal, other] = [new SqliteOperationStore(file, { callerBytes: 1_500 }), new SqliteOperationStore(file)]
  await Promise.all([journal.find('one'), other.find('one')])
  await expect(journal.insert(record({ id: 'three', key: 'three' }))).rejects.toMatchObject({
    code: 'STORE_QUOTA_EXCEEDED',
  })
  expect(await journal.insert(record({ id: 'three', key: 'three', caller: 'eve' }))).toBeNull()
  expect((await journal.listUnresolved(0, new Set(['this']))).map(({ id }) => id)).toEqual([])
  expect((await journal.listUnresolved(0, new Set(['another']))).map(({ id }) => id)).toEqual(['one', 'two', 'three'])
  await Promise.all([journal.close(), other.close()])
})

test.each(['emptied', 'deleted'])('reports a store that was %s and continues with a new one', async (what) => {
  const file = join(temporary(), 'operations.sqlite')
  let reports = 0
  const openJournal = () => new SqliteOperationStore(file, { onEmptied: () => void reports++ })
  for (let start = 0; start < 2; start++) {
    const [journal, other] = [openJournal(), openJournal()]
    await Promise.all([journal.find('one'), other.find('one')])
    await Promise.all([journal.insert(record({ id: String(start), key: String(start) })), other.close()])
    await journal.close()
  }
  expect(reports).toBe(0)
  if (what === 'emptied') truncateSync(file, 0)
  else rmSync(file)
  const journal = openJournal()
  expect(await journal.insert(record())).toBeNull()
  await journal.close()
  expect(reports).toBe(1)
})
