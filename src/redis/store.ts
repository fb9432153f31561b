import type { Outcome } from '../operations/outcome.ts'
import { packRecord, unpackRecord } from '../operations/packed-record.ts'
import { storeUnavailable, type OperationRecord, type Store } from '../operations/store.ts'
import type { Connection, Reply, Value } from './connection.ts'

/** The record itself is one value; what is looked for stands beside it, and in the sets that find it. */
const keys = ['records', 'about', 'started', 'open', 'held', 'holders', 'uploads'].map((name) => `parley:${name}`)

const common = `
  local records, about, started, open, held, holders, uploads = unpack(KEYS)
  local function write(id, at, text, record)
    local now = cjson.decode(text)
    redis.call('HSET', records, id, record)
    redis.call('HSET', about, id, text)
    redis.call('ZADD', started, at, id)
    if now.outcome == 'PENDING' or now.outcome == 'UNKNOWN' then redis.call('ZADD', open, at, id)
    else redis.call('ZREM', open, id) end
    if now.upload then
      local latest = redis.call('HGET', uploads, now.upload)
      if not latest or tonumber(redis.call('ZSCORE', started, latest) or 0) <= tonumber(at) then
        redis.call('HSET', uploads, now.upload, id)
      end
    end
  end
  local function free(id, key)
    if redis.call('ZREM', held, id) == 1 then redis.call('HDEL', holders, key) end
  end
  local function known(id)
    local text = redis.call('HGET', about, id)
    return text and cjson.decode(text)
  end
`

const begin = `${common}
  local id, at, text, record = unpack(ARGV)
  local key = cjson.decode(text).key
  if key then
    local holder = redis.call('HGET', holders, key)
    if holder then return redis.call('HGET', records, holder) end
    redis.call('HSET', holders, key, id)
    redis.call('ZADD', held, at, id)
  end
  write(id, at, text, record)
  return false
`

const replace = `${common}
  local id, at, text, record, expected = unpack(ARGV)
  local before = known(id)
  if not before or not cjson.decode(expected)[before.outcome] then return 0 end
  if before.key and not cjson.decode(text).key then free(id, before.key) end
  write(id, at, text, record)
  return 1
`

/** \`index\`: the hash that leads from what is looked for to an id. */
const findBy = (index: 'holders' | 'uploads'): string => `${common}
  local id = redis.call('HGET', ${index}, ARGV[1])
  return id and redis.call('HGET', records, id)
`

const openSince = `${common}
  local since, processes = unpack(ARGV)
  local others, found = cjson.decode(processes), {}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', open, since, '+inf')) do
    if not others[known(id).process] then table.insert(found, redis.call('HGET', records, id)) end
  end
  return found
`

/** Each takes so many at once, for Redis does nothing else meanwhile, and gives how many it took. */
const most = 1_000

const freeKeys = `${common}
  local ids = redis.call('ZRANGEBYSCORE', held, '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, id in ipairs(ids) do free(id, known(id).key) end
  return #ids
`

const forget = `${common}
  local ids = redis.call('ZRANGEBYSCORE', started, '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, id in ipairs(ids) do
    local gone = known(id)
    if gone.key then free(id, gone.key) end
    if gone.upload and redis.call('HGET', uploads, gone.upload) == id then redis.call('HDEL', uploads, gone.upload) end
    redis.call('HDEL', records, id)
    redis.call('HDEL', about, id)
    redis.call('ZREM', open, id)
    redis.call('ZREM', started, id)
  end
  return #ids
`

/** The store that processes share. Nothing in it expires by itself, so that no eviction policy for such keys touches it. */
export class RedisStore implements Store {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async check(): Promise<void> {
    await this.#connection.command('SET', 'parley:checked', Date.now()).catch(fail)
  }

  async begin(record: OperationRecord): Promise<OperationRecord | null> {
    return unpacked(await this.#run(begin, ...valuesOf(record)))
  }

  async replace(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean> {
    return (await this.#run(replace, ...valuesOf(record), setOf(expected))) === 1
  }

  async find(id: string): Promise<OperationRecord | null> {
    const [records] = keys as [string]
    return unpacked(await this.#connection.command('HGET', records, id).catch(fail))
  }

  async holder(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    return unpacked(await this.#run(findBy('holders'), keyOf({ caller, mutation, key })))
  }

  async findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    return unpacked(await this.#run(findBy('uploads'), JSON.stringify([caller, account, vendorId])))
  }

  async open(since: number, processes: ReadonlySet<string>): Promise<OperationRecord[]> {
    const found = (await this.#run(openSince, since, setOf([...processes]))) as readonly Reply[]
    return found.map(unpacked).filter((record) => record !== null)
  }

  async freeKeys(before: number): Promise<void> {
    while ((await this.#run(freeKeys, before, most)) === most);
  }

  async forget(before: number): Promise<void> {
    while ((await this.#run(forget, before, most)) === most);
  }

  /** The connection is not its own. */
  async close(): Promise<void> {}

  #run(script: string, ...values: Value[]): Promise<Reply> {
    return this.#connection.run(script, keys, values).catch(fail)
  }
}

const fail = (error: unknown): never => {
  throw storeUnavailable(error)
}

function valuesOf(record: OperationRecord): [string, number, string, Buffer] {
  const { id, process, holdsKey, outcome, startedAt, caller, account, answer } = record
  const about = {
    process,
    outcome,
    ...(holdsKey && { key: keyOf(record) }),
    ...(answer?.type === 'UploadedFile' && { upload: JSON.stringify([caller, account, answer.value.vendorId]) }),
  }
  return [id, startedAt, JSON.stringify(about), packRecord(record)]
}

const unpacked = (bytes: Reply): OperationRecord | null => (bytes === null ? null : unpackRecord(bytes as Buffer))

const keyOf = ({ caller, mutation, key }: Pick<OperationRecord, 'caller' | 'mutation' | 'key'>): string =>
  JSON.stringify([caller, mutation, key])

/** As Lua looks things up. */
const setOf = (words: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(words.map((word) => [word, true])))
