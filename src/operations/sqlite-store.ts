import type { Outcome } from './outcome.ts'
import { packRecord } from './packed-record.ts'
import { RecordReader, type StoredRecord } from './record-reader.ts'
import { Sqlite, type SqlRow, type Statement } from './sqlite.ts'
import {
  createQuotaExceeded,
  createStoreUnavailableProblem,
  type OperationRecord,
  type Store,
  type StoreOptions,
} from './store.ts'
import { evict, findOpen, forgetBatch, freeBatch, insert, migrations, writeBatchSize } from './journal-schema.ts'

const selectByKey = 'SELECT id, record FROM operation WHERE caller = :caller AND mutation = :mutation AND key = :key'

export interface JournalOptions extends StoreOptions {
  /** Called when the file is missing or empty although it was in use before. */
  onEmptied(): void
}

/** The embedded store: one SQLite file in the data folder. */
export class SqliteOperationStore implements Store {
  readonly #sqlite: Sqlite
  readonly #reader: RecordReader
  readonly #quota: number

  constructor(file: string, options: Partial<JournalOptions> = {}) {
    const { callerBytes = Infinity, onUnreadable = () => {}, onEmptied = () => {} } = options
    this.#sqlite = new Sqlite({ file, migrations, busyTimeout: 1_000 }, onEmptied)
    this.#reader = new RecordReader(onUnreadable)
    this.#quota = callerBytes
  }

  async check(): Promise<void> {
    await this.#executeWrite({ sql: 'INSERT OR REPLACE INTO lastCheck VALUES (1, unixepoch())', values: {} })
  }

  async insert(record: OperationRecord): Promise<OperationRecord | null> {
    const row = toRow(record)
    const { id, caller, mutation, key } = row
    const share = { caller, size: row.record.length, quota: this.#quota }
    const [, inserted = [], found = []] = await this.#executeWrite(
      { sql: evict, values: share },
      { sql: insert, values: { ...row, ...share } },
      { sql: `${selectByKey} AND id <> :id`, values: { id, caller, mutation, key } },
    )
    const [holder] = found
    if (holder) return this.#reader.read(toStored(holder))
    if (inserted.length === 0) throw createQuotaExceeded()
    return null
  }

  async updateIf(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    const { id, key, outcome, upload, record: packed, process } = toRow(record)
    const [replaced = []] = await this.#executeWrite({
      sql: `UPDATE operation SET key = iif(:key IS NULL, NULL, key), outcome = :outcome, upload = :upload, record = :packed,
          process = :process
        WHERE id = :id AND outcome IN (SELECT value FROM json_each(:expected)) RETURNING id`,
      values: { id, key, outcome, upload, packed, process, expected: JSON.stringify(expected) },
    })
    return replaced.length === 1
  }

  async find(id: string): Promise<OperationRecord | null> {
    return this.#readOne('SELECT id, record FROM operation WHERE id = :id', { id })
  }

  async findByKey(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    return this.#readOne(selectByKey, { caller, mutation, key })
  }

  async findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    const sql =
      'SELECT id, record FROM operation WHERE caller = :caller AND upload = :upload ORDER BY startedAt DESC LIMIT 1'
    return this.#readOne(sql, { caller, upload: formatUploadKey(account, vendorId) })
  }

  async listUnresolved(since: number, processes: ReadonlySet<string>): Promise<OperationRecord[]> {
    const rows = await this.#read(findOpen, { since, processes: JSON.stringify([...processes]) })
    // Records of an earlier version have no process beside them.
    return this.#reader.readAll(rows).filter(({ process }) => !processes.has(process))
  }

  async releaseKeysOlderThan(before: number): Promise<void> {
    await this.#writeInBatches(freeBatch, { before })
  }

  async deleteOlderThan(before: number): Promise<void> {
    await this.#writeInBatches(forgetBatch, { before })
  }

  close(): Promise<void> {
    return this.#sqlite.close()
  }

  async #readOne(sql: string, values: Statement['values']): Promise<OperationRecord | null> {
    const [found] = await this.#read(sql, values)
    return found ? this.#reader.read(found) : null
  }

  async #read(sql: string, values: Statement['values']): Promise<StoredRecord[]> {
    const [rows = []] = await this.#sqlite
      .execute({ statements: [{ sql, values }], writes: false })
      .catch(throwStoreUnavailable)
    return rows.map(toStored)
  }

  /** Lets other writes through in between. `sql` returns a row for each of a full batch. */
  async #writeInBatches(sql: string, values: Statement['values']): Promise<void> {
    for (;;) {
      const [done = []] = await this.#executeWrite({ sql, values })
      if (done.length < writeBatchSize) return
    }
  }

  #executeWrite(...statements: Statement[]): Promise<SqlRow[][]> {
    return this.#sqlite.execute({ statements, writes: true }).catch(throwStoreUnavailable)
  }
}

function throwStoreUnavailable(cause: unknown): never {
  throw createStoreUnavailableProblem(cause)
}

function toRow(record: OperationRecord) {
  const { id, process, caller, mutation, key, holdsKey, outcome, startedAt, account, answer } = record
  const uploaded = answer?.type === 'UploadedFile' && account !== null
  return {
    id,
    caller,
    mutation,
    key: holdsKey ? key : null,
    outcome,
    startedAt,
    upload: uploaded ? formatUploadKey(account, answer.value.vendorId) : null,
    record: packRecord(record),
    process,
  }
}

const formatUploadKey = (account: string, vendorId: string): string => JSON.stringify([account, vendorId])

const toStored = ({ id, record }: SqlRow): StoredRecord => ({ id: String(id), record: record as Uint8Array })
