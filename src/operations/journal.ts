import { deserialize, serialize } from 'node:v8'
import { Problem } from '../errors.ts'
import type { Outcome } from './outcome.ts'
import { packProblem, unpackProblem, type PackedProblem } from './packed-problem.ts'
import { Sqlite, type Row, type Statement } from './sqlite.ts'
import type { OperationRecord, Store } from './store.ts'

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
`

const held = 'SELECT record FROM operation WHERE caller = :caller AND mutation = :mutation AND key = :key'

/** The embedded store: one SQLite file in the data folder. */
export class Journal implements Store {
  readonly #sqlite: Sqlite

  constructor(file: string) {
    this.#sqlite = new Sqlite({ file, schema, busyTimeout: 1_000 })
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

  open(since: number): Promise<OperationRecord[]> {
    const sql = "SELECT record FROM operation WHERE outcome IN ('PENDING', 'UNKNOWN') AND startedAt >= :since"
    return this.#read(sql, { since })
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
  throw new Problem('STORE_UNAVAILABLE', 'Operations cannot be written down at the moment, so none is sent.', { cause })
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

function recordsOf(rows: readonly Row[]): OperationRecord[] {
  return rows.map(({ record }) => {
    const packed = deserialize(record as Uint8Array) as Packed
    return { ...packed, problems: packed.problems.map(unpackProblem) }
  })
}
