import type { Outcome } from '../operations/outcome.ts'
import { packRecord } from '../operations/packed-record.ts'
import { RecordReader, type StoredRecord } from '../operations/record-reader.ts'
import {
  createQuotaExceeded,
  recordOverheadBytes,
  createStoreUnavailableProblem,
  type OperationRecord,
  type Store,
  type StoreOptions,
} from '../operations/store.ts'
import type { RedisConnection, RedisReply, Value } from './connection.ts'
import { batchSize, begin, createFindScript, forget, freeKeys, keys, openSince, replace } from './store-scripts.ts'

/** The store that processes share. Nothing in it expires by itself, so that no eviction policy for such keys touches it. */
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
    const reply = await this.#evalScript(begin, ...toScriptArguments(record), this.#quota)
    if (reply === 0) throw createQuotaExceeded()
    return this.#read(reply)
  }

  async updateIf(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    return (await this.#evalScript(replace, ...toScriptArguments(record), toLuaSet(expected))) === 1
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
    const found = (await this.#evalScript(openSince, since, toLuaSet([...processes]))) as readonly RedisReply[]
    return this.#reader.readAll(found.map(toStored).filter((stored) => stored !== null))
  }

  async releaseKeysOlderThan(before: number): Promise<void> {
    while ((await this.#evalScript(freeKeys, before, batchSize)) === batchSize);
  }

  async deleteOlderThan(before: number): Promise<void> {
    while ((await this.#evalScript(forget, before, batchSize)) === batchSize);
  }

  /** The connection is not its own. */
  async close(): Promise<void> {}

  #read(reply: RedisReply): OperationRecord | null {
    const stored = toStored(reply)
    return stored && this.#reader.read(stored)
  }

  #evalScript(script: string, ...values: Value[]): Promise<RedisReply> {
    return this.#connection.run(script, keys, values).catch(throwStoreUnavailable)
  }
}

const throwStoreUnavailable = (error: unknown): never => {
  throw createStoreUnavailableProblem(error)
}

function toScriptArguments(record: OperationRecord): [string, number, string, Buffer] {
  const { id, process, holdsKey, outcome, startedAt, caller, account, answer } = record
  const packed = packRecord(record)
  const about = {
    process,
    outcome,
    caller,
    bytes: packed.length + recordOverheadBytes,
    ...(holdsKey && { key: formatKey(record) }),
    ...(answer?.type === 'UploadedFile' && { upload: JSON.stringify([caller, account, answer.value.vendorId]) }),
  }
  return [id, startedAt, JSON.stringify(about), packed]
}

/** Null for no record. */
function toStored(reply: RedisReply): StoredRecord | null {
  if (!Array.isArray(reply)) return null
  const [id, record] = reply as readonly RedisReply[]
  return Buffer.isBuffer(record) ? { id: String(id), record } : null
}

const formatKey = ({ caller, mutation, key }: Pick<OperationRecord, 'caller' | 'mutation' | 'key'>): string =>
  JSON.stringify([caller, mutation, key])

/** As Lua looks things up. */
const toLuaSet = (words: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(words.map((word) => [word, true])))
