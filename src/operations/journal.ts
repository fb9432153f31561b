import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { deserialize, serialize } from 'node:v8'
import { Problem } from '../errors.ts'
import type { Outcome } from './outcome.ts'
import { packProblem, unpackProblem, type PackedProblem } from './packed-problem.ts'
import type { OperationRecord, Store } from './store.ts'

/** Columns are what is looked for; the record itself is one value. `key` is null unless it is held. */
const tables = `
  CREATE TABLE IF NOT EXISTS operation (
    id TEXT PRIMARY KEY,
    caller TEXT NOT NULL,
    mutation TEXT NOT NULL,
    key TEXT,
    outcome TEXT NOT NULL,
    startedAt INTEGER NOT NULL,
    upload TEXT,
    record BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS heldKeys ON operation (caller, mutation, key) WHERE key IS NOT NULL;
  CREATE INDEX IF NOT EXISTS uploads ON operation (caller, upload) WHERE upload IS NOT NULL;
  CREATE INDEX IF NOT EXISTS openOperations ON operation (startedAt) WHERE outcome IN ('PENDING', 'UNKNOWN');
  CREATE INDEX IF NOT EXISTS ages ON operation (startedAt);
`

/** How long in ms another process may keep us waiting. */
const busyTimeout = 1_000

/** The embedded store: one SQLite file, synced at every write. Opened when first needed, and anew after a failure. */
export class Journal implements Store {
  readonly #file: string
  #database: DatabaseSync | null = null
  /** Which file the database is: its name may come to mean another, or none. */
  #inode: number | null = null

  constructor(file: string) {
    this.#file = file
  }

  async begin(record: OperationRecord): Promise<OperationRecord | null> {
    return this.#use((database) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        const holder = record.holdsKey ? held(database, record) : null
        if (!holder) {
          const insert =
            'INSERT INTO operation VALUES (:id, :caller, :mutation, :key, :outcome, :startedAt, :upload, :record)'
          database.prepare(insert).run(rowOf(record))
        }
        database.exec('COMMIT')
        return holder
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    })
  }

  async replace(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    const { id, key, outcome, upload, record: packed } = rowOf(record)
    const update = `UPDATE operation SET key = iif(:key IS NULL, NULL, key), outcome = :outcome, upload = :upload, record = :packed
      WHERE id = :id AND outcome IN (SELECT value FROM json_each(:expected))`
    const values = { id, key, outcome, upload, packed, expected: JSON.stringify(expected) }
    return this.#use((database) => database.prepare(update).run(values).changes === 1)
  }

  async find(id: string): Promise<OperationRecord | null> {
    return this.#use((database) => first(database, 'id = ?', id))
  }

  async holder(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    return this.#use((database) => held(database, { caller, mutation, key }))
  }

  async findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    const condition = 'caller = ? AND upload = ? ORDER BY startedAt DESC'
    return this.#use((database) => first(database, condition, caller, uploadOf(account, vendorId)))
  }

  async open(since: number): Promise<OperationRecord[]> {
    return this.#use((database) => select(database, "outcome IN ('PENDING', 'UNKNOWN') AND startedAt >= ?", since))
  }

  async freeKeys(before: number): Promise<void> {
    const update = 'UPDATE operation SET key = NULL WHERE key IS NOT NULL AND startedAt < ?'
    this.#use((database) => database.prepare(update).run(before))
  }

  async forget(before: number): Promise<void> {
    this.#use((database) => database.prepare('DELETE FROM operation WHERE startedAt < ?').run(before))
  }

  close(): void {
    const database = this.#database
    this.#database = null
    database?.close()
  }

  /** Anew where the file was taken away or replaced: what is written into the old one then, no later start would find. */
  #open(): DatabaseSync {
    if (this.#database && this.#inode === inodeOf(this.#file)) return this.#database
    this.close()
    this.#database = openDatabase(this.#file)
    this.#inode = inodeOf(this.#file)
    return this.#database
  }

  #use<T>(work: (database: DatabaseSync) => T): T {
    try {
      return work(this.#open())
    } catch (error) {
      try {
        this.close()
      } catch {
        // It was no longer fit to be closed.
      }
      throw new Problem('STORE_UNAVAILABLE', 'Operations cannot be written down at the moment, so none is sent.', {
        cause: error,
      })
    }
  }
}

const inodeOf = (file: string): number | null => statSync(file, { throwIfNoEntry: false })?.ino ?? null

function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // Its owner's alone from the first instant; SQLite gives its other files the same mode.
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: busyTimeout })
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${tables}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

interface Packed extends Omit<OperationRecord, 'problems'> {
  problems: PackedProblem[]
}

function rowOf(record: OperationRecord) {
  const { id, caller, mutation, key, holdsKey, outcome, startedAt, account, answer, problems } = record
  const packed: Packed = { ...record, problems: problems.map(packProblem) }
  const uploaded = answer?.type === 'UploadedFile' && account !== null
  return {
    id,
    caller,
    mutation,
    key: holdsKey ? key : null,
    outcome,
    startedAt,
    upload: uploaded ? uploadOf(account, answer.value.vendorId) : null,
    record: serialize(packed),
  }
}

const uploadOf = (account: string, vendorId: string): string => JSON.stringify([account, vendorId])

function select(database: DatabaseSync, condition: string, ...values: SQLInputValue[]): OperationRecord[] {
  return database
    .prepare(`SELECT record FROM operation WHERE ${condition}`)
    .all(...values)
    .map(({ record }) => {
      const packed = deserialize(record as Uint8Array) as Packed
      return { ...packed, problems: packed.problems.map(unpackProblem) }
    })
}

function first(database: DatabaseSync, condition: string, ...values: SQLInputValue[]): OperationRecord | null {
  return select(database, `${condition} LIMIT 1`, ...values)[0] ?? null
}

function held(database: DatabaseSync, { caller, mutation, key }: Pick<OperationRecord, 'caller' | 'mutation' | 'key'>) {
  return first(database, 'caller = ? AND mutation = ? AND key = ?', caller, mutation, key)
}
