import type { Outcome } from '../operations/outcome.ts'
import { packRecord } from '../operations/packed-record.ts'
import { RecordReader, type StoredRecord } from '../operations/record-reader.ts'
import {
  createQuotaExceededProblem,
  recordOverheadBytes,
  createStoreUnavailableProblem,
  type OperationRecord,
  type Store,
  type StoreOptions,
} from '../operations/store.ts'
import type { RedisConnection, RedisReply, RedisValue } from './connection.ts'
import {
  batchSize,
  insertScript,
  createFindScript,
  deleteScript,
  releaseKeysScript,
  keys,
  listUnresolvedScript,
  updateScript,
} from './store-scripts.ts'

/** Operation store in Redis, which processes share. The keys have no expiration time, so that `volatile` eviction policies do not delete them. */
export class RedisStore implements Store {
  readonly #connection: RedisConnection
  readonly #reader: RecordReader
  readonly #quota: number

  constructor(connection: RedisConnection, options: Partial<StoreOptions> = {}) {
    const { callerBytes = Number.MAX_SAFE_INTEGER, onUnreadable = () => {} } = options
    this.#connection = connection
    this.#reader = new RecordReader(onUnreadable)
    this.#quota = callerBytes
  }

  async check(): Promise<void> {
    await this.#connection.sendCommand('SET', 'parley:checked', Date.now()).catch(throwStoreUnavailable)
  }

  async insert(record: OperationRecord): Promise<OperationRecord | null> {
    const reply = await this.#evalScript(insertScript, ...toScriptArguments(record), this.#quota)
    if (reply === 0) throw createQuotaExceededProblem()
    return this.#read(reply)
  }

  async updateIf(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    return (await this.#evalScript(updateScript, ...toScriptArguments(record), toLuaSet(expected))) === 1
  }

  async find(id: string): Promise<OperationRecord | null> {
    return this.#read(await this.#evalScript(createFindScript('id'), id))
  }

  async findByKey(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    return this.#read(await this.#evalScript(createFindScript('holders'), formatKey({ caller, mutation, key })))
  }

  async findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    return this.#read(await this.#evalScript(createFindScript('uploads'), JSON.stringify([caller, account, vendorId])))
  }

  async listUnresolved(since: number, processes: ReadonlySet<string>): Promise<OperationRecord[]> {
    const replies = (await this.#evalScript(
      listUnresolvedScript,
      since,
      toLuaSet([...processes]),
    )) as readonly RedisReply[]
    return this.#reader.readAll(replies.map(toStored).filter((stored) => stored !== null))
  }

  async releaseKeysOlderThan(before: number): Promise<void> {
    while ((await this.#evalScript(releaseKeysScript, before, batchSize)) === batchSize);
  }

  async deleteOlderThan(before: number): Promise<void> {
    while ((await this.#evalScript(deleteScript, before, batchSize)) === batchSize);
  }

  /** Does not close the connection, which is shared. */
  async close(): Promise<void> {}

  #read(reply: RedisReply): OperationRecord | null {
    const stored = toStored(reply)
    return stored && this.#reader.read(stored)
  }

  #evalScript(script: string, ...values: RedisValue[]): Promise<RedisReply> {
    return this.#connection.evalScript(script, keys, values).catch(throwStoreUnavailable)
  }
}

const throwStoreUnavailable = (error: unknown): never => {
  throw createStoreUnavailableProblem(error)
}

function toScriptArguments(record: OperationRecord): [string, number, string, Buffer] {
  const { id, processId, ownsKey, outcome, startedAt, caller, account, result } = record
  const packed = packRecord(record)
  const about = {
    process: processId,
    outcome,
    caller,
    bytes: packed.length + recordOverheadBytes,
    ...(ownsKey && { key: formatKey(record) }),
    ...(result?.type === 'UploadedFile' && { upload: JSON.stringify([caller, account, result.value.vendorId]) }),
  }
  return [id, startedAt, JSON.stringify(about), packed]
}

/** Returns null if the reply is not a record. */
function toStored(reply: RedisReply): StoredRecord | null {
  if (!Array.isArray(reply)) return null
  const [id, record] = reply as readonly RedisReply[]
  return Buffer.isBuffer(record) ? { id: String(id), record } : null
}

const formatKey = ({ caller, mutation, key }: Pick<OperationRecord, 'caller' | 'mutation' | 'key'>): string =>
  JSON.stringify([caller, mutation, key])

/** Returns a JSON object with the values as keys, which Lua can test for membership. */
const toLuaSet = (values: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(values.map((value) => [value, true])))
