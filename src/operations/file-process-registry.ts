import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ProcessRegistry } from './process-registry.ts'
import { createStoreUnavailableProblem } from './store.ts'

/** Prefix of the file names. */
const prefix = 'process-'

/**
 * Process registry for processes that share a data folder. Each process locks a file of its own. The operating system releases
 * the lock at once when the process ends, for any reason. The files are SQLite databases, because Node.js has no other file
 * locks.
 */
export class FileProcessRegistry implements ProcessRegistry {
  readonly id = `${prefix}${randomUUID()}`
  readonly #folder: string
  #lock: DatabaseSync | null = null

  constructor(folder: string) {
    this.#folder = folder
  }

  async register(): Promise<void> {
    if (this.#lock) return
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      // Other processes ignore this name, so that they do not see the file before it is locked.
      const hidden = join(this.#folder, `.${this.id}`)
      closeSync(openSync(hidden, 'a', 0o600))
      this.#lock = tryLock(hidden)
      renameSync(hidden, join(this.#folder, this.id))
    } catch (error) {
      this.#lock?.close()
      this.#lock = null
      throw createStoreUnavailableProblem(error)
    }
  }

  async listAlive(): Promise<ReadonlySet<string>> {
    await this.register()
    try {
      const names = readdirSync(this.#folder).filter((name) => name.startsWith(prefix))
      return new Set(names.filter((name) => name === this.id || this.#isAlive(name)))
    } catch (error) {
      throw createStoreUnavailableProblem(error)
    }
  }

  async unregister(): Promise<void> {
    if (!this.#lock) return
    this.#lock.close()
    this.#lock = null
    rmSync(join(this.#folder, this.id), { force: true })
  }

  /** Returns true in case of doubt, so that no operation of a live process is recovered. Deletes the file of a stopped process. */
  #isAlive(name: string): boolean {
    const file = join(this.#folder, name)
    try {
      tryLock(file).close()
    } catch (error) {
      return !isForeign(error)
    }
    rmSync(file, { force: true })
    return false
  }
}

/** @throws SQLite's error if another process has locked the file. */
function tryLock(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Whether the error is SQLITE_CORRUPT or SQLITE_NOTADB. The file is then not locked and was not created by Parley. */
const isForeign = (error: unknown): boolean => [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)
