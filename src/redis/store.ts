import type { Outcome } from '../operations/outcome.ts'
import { packRecord } from '../operations/packed-record.ts'
import { RecordReader, type StoredRecord } from '../operations/record-reader.ts'
import {
  createQuotaExceeded,
  recordOverheadBytes,
  storeUnavailable,
  type OperationRecord,
  type Store,
  type StoreOptions,
} from '../operations/store.ts'
import type { Connection, Reply, Value } from './connection.ts'
import { batchSize, begin, findBy, forget, freeKeys, keys, openSince, replace } from './store-scripts.ts'

/** The store that processes share. Nothing in it expires by itself, so that no eviction policy for such keys touches it. */
export class RedisStore implements Store {
  readonly #connection: Connection
  readonly #reader: RecordReader
  readonly #quota: number

  constructor(connection: Connection, options: Partial<StoreOptions> = {}) {
    const { callerBytes = Number.MAX_SAFE_INTEGER, onUnreadable = () => {} } = options
    this.#connection = connection
    this.#reader = new RecordReader(onUnreadable)
    this.#quota = callerBytes
  }

  async check(): Promise<void> {
    await this.#connection.command('SET', 'parley:checked', Date.now()).catch(fail)
  }

  async begin(record: OperationRecord): Promise<OperationRecord | null> {
    const reply = await this.#run(begin, ...valuesOf(record), this.#quota)
    if (reply === 0) throw createQuotaExceeded()
    return this.#read(reply)
  }

  async replace(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    return (await this.#run(replace, ...valuesOf(record), setOf(expected))) === 1
  }

  async find(id: string): Promise<OperationRecord | null> {
    return this.#read(await this.#run(findBy('id'), id))
  }

  async holder(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    return this.#read(await this.#run(findBy('holders'), keyOf({ caller, mutation, key })))
  }

  async findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    return this.#read(await this.#run(findBy('uploads'), JSON.stringify([caller, account, vendorId])))
  }

  async open(since: number, processes: ReadonlySet<string>): Promise<OperationRecord[]> {
    const found = (await this.#run(openSince, since, setOf([...processes]))) as readonly Reply[]
    return this.#reader.readAll(found.map(toStored).filter((stored) => stored !== null))
  }

  async freeKeys(before: number): Promise<void> {
    while ((await this.#run(freeKeys, before, batchSize)) === batchSize);
  }

  async forget(before: number): Promise<void> {
    while ((await this.#run(forget, before, batchSize)) === batchSize);
  }

  /** The connection is not its own. */
  async close(): Promise<void> {}

  #read(reply: Reply): OperationRecord | null {
    const stored = toStored(reply)
    return stored && this.#reader.read(stored)
  }

  #run(script: string, ...values: Value[]): Promise<Reply> {
    return this.#connection.run(script, keys, values).catch(fail)
  }
}

const fail = (error: unknown): never => {
  throw storeUnavailable(error)
}

function valuesOf(record: OperationRecord): [string, number, string, Buffer] {
  const { id, process, holdsKey, outcome, startedAt, caller, account, answer } = record
  const packed = packRecord(record)
  const about = {
    process,
    outcome,
    caller,
    bytes: packed.length + recordOverheadBytes,
    ...(holdsKey && { key: keyOf(record) }),
    ...(answer?.type === 'UploadedFile' && { upload: JSON.stringify([caller, account, answer.value.vendorId]) }),
  }
  return [id, startedAt, JSON.stringify(about), packed]
}

/** Null for no record. */
function toStored(reply: Reply): StoredRecord | null {
  if (!Array.isArray(reply)) return null
  const [id, record] = reply as readonly Reply[]
  return Buffer.isBuffer(record) ? { id: String(id), record } : null
}

const keyOf = ({ caller, mutation, key }: Pick<OperationRecord, 'caller' | 'mutation' | 'key'>): string =>
  JSON.stringify([caller, mutation, key])

/** As Lua looks things up. */
const setOf = (words: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(words.map((word) => [word, true])))
