import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ProcessRegistry } from './process-registry.ts'
import { createStoreUnavailableProblem } from './store.ts'

/** What the names of the files begin with. */
const prefix = 'process-'

/**
 * For processes that share a data folder: each keeps a file of its own locked there. The system lets go of the lock
 * however a process ends, so that a successor knows at once. SQLite, because Node has no other file locks.
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
      // Under a name that nobody looks at until it is locked.
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

  /** If that cannot be told, it is taken to live: its operations are left alone. */
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

/** @throws SQLite's error if another process holds it. */
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

/** SQLITE_CORRUPT or SQLITE_NOTADB: nobody holds it, and no process of ours has made it. */
const isForeign = (error: unknown): boolean => [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff)
