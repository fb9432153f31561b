import type { Outcome } from './outcome.ts'
import { packRecord, unpackRecord } from './packed-record.ts'
import { Sqlite, type Row, type Statement } from './sqlite.ts'
import { storeUnavailable, type OperationRecord, type Store } from './store.ts'

/** Columns are what is looked for; the record itself is one value. `key` is null unless it is held. */
const schema = `
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
  CREATE TABLE IF NOT EXISTS lastCheck (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
`

const held = 'SELECT record FROM operation WHERE caller = :caller AND mutation = :mutation AND key = :key'

/** The embedded store: one SQLite file in the data folder. */
export class Journal implements Store {
  readonly #sqlite: Sqlite

  constructor(file: string) {
    this.#sqlite = new Sqlite({ file, schema, busyTimeout: 1_000 })
  }

  async check(): Promise<void> {
    await this.#write({ sql: 'INSERT OR REPLACE INTO lastCheck VALUES (1, unixepoch())', values: {} })
  }

  async begin(record: OperationRecord): Promise<OperationRecord | null> {
    const row = rowOf(record)
    const { id, caller, mutation, key } = row
    const insert = {
      sql: `INSERT INTO operation VALUES (:id, :caller, :mutation, :key, :outcome, :startedAt, :upload, :record)
        ON CONFLICT (caller, mutation, key) WHERE key IS NOT NULL DO NOTHING`,
      values: row,
    }
    const holder = { sql: `${held} AND id <> :id`, values: { id, caller, mutation, key } }
    const [, found = []] = await this.#write(insert, holder)
    return recordsOf(found)[0] ?? null
  }

  async replace(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    const { id, key, outcome, upload, record: packed } = rowOf(record)
    const [replaced = []] = await this.#write({
      sql: `UPDATE operation SET key = iif(:key IS NULL, NULL, key), outcome = :outcome, upload = :upload, record = :packed
        WHERE id = :id AND outcome IN (SELECT value FROM json_each(:expected)) RETURNING id`,
      values: { id, key, outcome, upload, packed, expected: JSON.stringify(expected) },
    })
    return replaced.length === 1
  }

  async find(id: string): Promise<OperationRecord | null> {
    const [found] = await this.#read('SELECT record FROM operation WHERE id = :id', { id })
    return found ?? null
  }

  async holder(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    const [found] = await this.#read(held, { caller, mutation, key })
    return found ?? null
  }

  async findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    const sql =
      'SELECT record FROM operation WHERE caller = :caller AND upload = :upload ORDER BY startedAt DESC LIMIT 1'
    const [found] = await this.#read(sql, { caller, upload: uploadOf(account, vendorId) })
    return found ?? null
  }

  async open(since: number, processes: ReadonlySet<string>): Promise<OperationRecord[]> {
    const sql = "SELECT record FROM operation WHERE outcome IN ('PENDING', 'UNKNOWN') AND startedAt >= :since"
    const found = await this.#read(sql, { since })
    return found.filter(({ process }) => !processes.has(process))
  }

  async freeKeys(before: number): Promise<void> {
    const sql = 'UPDATE operation SET key = NULL WHERE key IS NOT NULL AND startedAt < :before'
    await this.#write({ sql, values: { before } })
  }

  async forget(before: number): Promise<void> {
    await this.#write({ sql: 'DELETE FROM operation WHERE startedAt < :before', values: { before } })
  }

  close(): Promise<void> {
    return this.#sqlite.close()
  }

  async #read(sql: string, values: Statement['values']): Promise<OperationRecord[]> {
    const [rows = []] = await this.#sqlite.do({ statements: [{ sql, values }], writes: false }).catch(unavailable)
    return recordsOf(rows)
  }

  #write(...statements: Statement[]): Promise<Row[][]> {
    return this.#sqlite.do({ statements, writes: true }).catch(unavailable)
  }
}

function unavailable(cause: unknown): never {
  throw storeUnavailable(cause)
}

function rowOf(record: OperationRecord) {
  const { id, caller, mutation, key, holdsKey, outcome, startedAt, account, answer } = record
  const uploaded = answer?.type === 'UploadedFile' && account !== null
  return {
    id,
    caller,
    mutation,
    key: holdsKey ? key : null,
    outcome,
    startedAt,
    upload: uploaded ? uploadOf(account, answer.value.vendorId) : null,
    record: packRecord(record),
  }
}

const uploadOf = (account: string, vendorId: string): string => JSON.stringify([account, vendorId])

const recordsOf = (rows: readonly Row[]): OperationRecord[] =>
  rows.map(({ record }) => unpackRecord(record as Uint8Array))
