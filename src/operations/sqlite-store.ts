import type { Outcome } from './outcome.ts'
import { packRecord } from './packed-record.ts'
import { RecordReader, type StoredRecord } from './record-reader.ts'
import { Sqlite, type SqlRow, type Statement } from './sqlite.ts'
import {
  createQuotaExceededProblem,
  createStoreUnavailableProblem,
  type OperationRecord,
  type Store,
  type StoreOptions,
} from './store.ts'
import {
  evictSql,
  listUnresolvedSql,
  deleteBatchSql,
  releaseKeysSql,
  insertSql,
  migrations,
  writeBatchSize,
} from './sqlite-schema.ts'

const selectByKey = 'SELECT id, record FROM operation WHERE caller = :caller AND mutation = :mutation AND key = :key'

export interface SqliteOperationStoreOptions extends StoreOptions {
  /** Called if the file is missing or empty although it was used before. */
  onEmptied(): void
}

/** Operation store in one SQLite file in the data folder. */
export class SqliteOperationStore implements Store {
  readonly #sqlite: Sqlite
  readonly #reader: RecordReader
  readonly #quota: number

  constructor(file: string, options: Partial<SqliteOperationStoreOptions> = {}) {
    const { callerBytes = Infinity, onUnreadable = () => {}, onEmptied = () => {} } = options
    this.#sqlite = new Sqlite({ file, migrations, busyTimeoutMs: 1_000 }, onEmptied)
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
    const [, inserted = [], owners = []] = await this.#executeWrite(
      { sql: evictSql, values: share },
      { sql: insertSql, values: { ...row, ...share } },
      { sql: `${selectByKey} AND id <> :id`, values: { id, caller, mutation, key } },
    )
    const [owner] = owners
    if (owner) return this.#reader.read(toStored(owner))
    if (inserted.length === 0) throw createQuotaExceededProblem()
    return null
  }

  async updateIf(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    const { id, key, outcome, upload, record: packed, process } = toRow(record)
    const [updated = []] = await this.#executeWrite({
      sql: `UPDATE operation SET key = iif(:key IS NULL, NULL, key), outcome = :outcome, upload = :upload, record = :packed,
          process = :process
        WHERE id = :id AND outcome IN (SELECT value FROM json_each(:expected)) RETURNING id`,
      values: { id, key, outcome, upload, packed, process, expected: JSON.stringify(expected) },
    })
    return updated.length === 1
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
    const rows = await this.#read(listUnresolvedSql, { since, processes: JSON.stringify([...processes]) })
    // Rows of an earlier version have no process in their column.
    return this.#reader.readAll(rows).filter(({ processId }) => !processes.has(processId))
  }

  async releaseKeysOlderThan(before: number): Promise<void> {
    await this.#writeInBatches(releaseKeysSql, { before })
  }

  async deleteOlderThan(before: number): Promise<void> {
    await this.#writeInBatches(deleteBatchSql, { before })
  }

  close(): Promise<void> {
    return this.#sqlite.close()
  }

  async #readOne(sql: string, values: Statement['values']): Promise<OperationRecord | null> {
    const [stored] = await this.#read(sql, values)
    return stored ? this.#reader.read(stored) : null
  }

  async #read(sql: string, values: Statement['values']): Promise<StoredRecord[]> {
    const [rows = []] = await this.#sqlite
      .execute({ statements: [{ sql, values }], writes: false })
      .catch(throwStoreUnavailable)
    return rows.map(toStored)
  }

  /**
   * Executes a statement until it changes less than a full batch. Other writes can run between the batches.
   *
   * @param sql Statement that returns a row for each changed operation.
   */
  async #writeInBatches(sql: string, values: Statement['values']): Promise<void> {
    for (;;) {
      const [changed = []] = await this.#executeWrite({ sql, values })
      if (changed.length < writeBatchSize) return
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
  const { id, processId, caller, mutation, key, ownsKey, outcome, startedAt, account, result } = record
  const hasUpload = result?.type === 'UploadedFile' && account !== null
  return {
    id,
    caller,
    mutation,
    key: ownsKey ? key : null,
    outcome,
    startedAt,
    upload: hasUpload ? formatUploadKey(account, result.value.vendorId) : null,
    record: packRecord(record),
    process: processId,
  }
}

const formatUploadKey = (account: string, vendorId: string): string => JSON.stringify([account, vendorId])

const toStored = ({ id, record }: SqlRow): StoredRecord => ({ id: String(id), record: record as Uint8Array })
