import { closeSync, existsSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { JobResults, Job, Notice, SqlRow, SqliteOptions } from './sqlite.ts'

const { file, migrations, busyTimeout } = workerData as SqliteOptions
/** Stands beside the file from the first time that it held a database. */
const marker = `${file}-created`
const port = parentPort!
let database: DatabaseSync | null = null
/** Which file the database is: its name may come to mean another, or none. */
let inode: number | null = null
const statements = new Map<string, StatementSync>()

// Now rather than when the thread ends: a process that is killed leaves nothing behind.
flushCompileCache()

// All that has come in while the last batch was synced makes the next one: many writers, one sync.
port.on('message', (message: Job | null) => {
  const jobs: Job[] = []
  let next: { message: Job | null } | undefined = { message }
  for (; next?.message; next = receiveMessageOnPort(port)) jobs.push(next.message)
  if (jobs.length > 0) port.postMessage(runJobs(jobs))
  if (next) end()
})

function runJobs(jobs: readonly Job[]): JobResults {
  try {
    return { count: jobs.length, results: runInTransaction(jobs), failure: null }
  } catch (failure) {
    close()
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

/** Anew where the file was taken away or replaced: what is written into the old one then, no later start would find. */
function getDatabase(): DatabaseSync {
  if (database && inode === getInode()) return database
  close()
  database = openDatabase()
  inode = getInode()
  return database
}

const getInode = (): number | null => statSync(file, { throwIfNoEntry: false })?.ino ?? null

function prepareStatement(opened: DatabaseSync, sql: string): StatementSync {
  const known = statements.get(sql) ?? opened.prepare(sql)
  statements.set(sql, known)
  return known
}

function openDatabase(): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const isKnown = existsSync(marker)
  const isEmpty = !statSync(file, { throwIfNoEntry: false })?.size
  // Its owner's alone from the first instant; SQLite gives its other files the same mode.
  closeSync(openSync(file, 'a', 0o600))
  const opened = new DatabaseSync(file, { timeout: busyTimeout })
  try {
    configure(opened)
    migrate(opened)
    if (!isKnown) mark()
    else if (isEmpty) port.postMessage('emptied' satisfies Notice)
    return opened
  } catch (error) {
    opened.close()
    throw error
  }
}

/** SQLite does not wait for the lock of another process that opens the new file at the same time: the change to WAL does here. */
function configure(opened: DatabaseSync): void {
  for (const end = Date.now() + busyTimeout; ;) {
    try {
      return opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    } catch (error) {
      if (!isBusy(error) || Date.now() >= end) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** SQLITE_BUSY, in any of its extended codes. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5

/** On a full disk, reads are worth more than this. */
function mark(): void {
  try {
    writeFileSync(marker, '', { mode: 0o600 })
  } catch {
    // Without it, nobody learns that the store was emptied.
  }
}

function migrate(opened: DatabaseSync): void {
  if (versionOf(opened) >= migrations.length) return
  opened.exec('BEGIN IMMEDIATE')
  // Another process may have been faster.
  for (const migration of migrations.slice(versionOf(opened))) opened.exec(migration)
  opened.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`)
}

const versionOf = (opened: DatabaseSync): number =>
  Number(opened.prepare('PRAGMA user_version').get()?.['user_version'])

/** What a transaction left undone is undone by it. */
function close(): void {
  const closing = database
  database = null
  statements.clear()
  try {
    closing?.close()
  } catch {
    // It was no longer fit to be closed.
  }
}

function end(): void {
  close()
  port.close()
}
