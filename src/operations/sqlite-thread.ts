import { closeSync, existsSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { JobResults, Job, Notice, SqlRow, SqliteOptions } from './sqlite.ts'

const { file, migrations, busyTimeoutMs } = workerData as SqliteOptions
/** File that exists from the first time that the database was opened. */
const marker = `${file}-created`
const port = parentPort!
let database: DatabaseSync | null = null
/** Inode of the open database file, because the path can belong to another file later. */
let inode: number | null = null
const statements = new Map<string, StatementSync>()

// At the start instead of the end of the thread, so that the cache is also written if the process is killed later.
flushCompileCache()

// Jobs that arrive while a batch is being synced form the next batch, so that many writers share one sync.
port.on('message', (message: Job | null) => {
  const jobs: Job[] = []
  let next: { message: Job | null } | undefined = { message }
  for (; next?.message; next = receiveMessageOnPort(port)) jobs.push(next.message)
  if (jobs.length > 0) port.postMessage(runJobs(jobs))
  if (next) shutDown()
})

function runJobs(jobs: readonly Job[]): JobResults {
  try {
    return { count: jobs.length, results: runInTransaction(jobs), failure: null }
  } catch (failure) {
    closeDatabase()
    return { count: jobs.length, results: [], failure }
  }
}

function runInTransaction(jobs: readonly Job[]): SqlRow[][][] {
  const opened = getDatabase()
  opened.exec(jobs.some(({ writes }) => writes) ? 'BEGIN IMMEDIATE' : 'BEGIN')
  const results = jobs.map((job) => job.statements.map(({ sql, values }) => prepareStatement(opened, sql).all(values)))
  opened.exec('COMMIT')
  return results
}

/** Opens the database again if the file was deleted or replaced, because the next start would not find writes to the old file. */
function getDatabase(): DatabaseSync {
  if (database && inode === getInode()) return database
  closeDatabase()
  database = openDatabase()
  inode = getInode()
  return database
}

const getInode = (): number | null => statSync(file, { throwIfNoEntry: false })?.ino ?? null

function prepareStatement(opened: DatabaseSync, sql: string): StatementSync {
  const statement = statements.get(sql) ?? opened.prepare(sql)
  statements.set(sql, statement)
  return statement
}

function openDatabase(): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const wasUsed = existsSync(marker)
  const isEmpty = !statSync(file, { throwIfNoEntry: false })?.size
  // Creates the file so that only its owner can read it. SQLite uses the same mode for its other files.
  closeSync(openSync(file, 'a', 0o600))
  const opened = new DatabaseSync(file, { timeout: busyTimeoutMs })
  try {
    configure(opened)
    migrate(opened)
    if (!wasUsed) createMarker()
    else if (isEmpty) port.postMessage('emptied' satisfies Notice)
    return opened
  } catch (error) {
    opened.close()
    throw error
  }
}

/** Retries the change to WAL mode, because SQLite does not wait for another process that opens the new file at the same time. */
function configure(opened: DatabaseSync): void {
  for (const end = Date.now() + busyTimeoutMs; ;) {
    try {
      return opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    } catch (error) {
      if (!isBusy(error) || Date.now() >= end) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** Whether the error is SQLITE_BUSY or one of its extended codes. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5

/** Ignores errors, so that the store can still be read if the disk is full. */
function createMarker(): void {
  try {
    writeFileSync(marker, '', { mode: 0o600 })
  } catch {
    // Without the marker, an emptied store is not reported.
  }
}

function migrate(opened: DatabaseSync): void {
  if (getSchemaVersion(opened) >= migrations.length) return
  opened.exec('BEGIN IMMEDIATE')
  // Another process can have executed the migrations before the transaction began.
  for (const migration of migrations.slice(getSchemaVersion(opened))) opened.exec(migration)
  opened.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`)
}

const getSchemaVersion = (opened: DatabaseSync): number =>
  Number(opened.prepare('PRAGMA user_version').get()?.['user_version'])

/** Closes the database, which rolls back an open transaction. */
function closeDatabase(): void {
  const closing = database
  database = null
  statements.clear()
  try {
    closing?.close()
  } catch {
    // A broken database cannot be closed.
  }
}

function shutDown(): void {
  closeDatabase()
  port.close()
}
