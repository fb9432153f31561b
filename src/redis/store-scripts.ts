import { evictionBatchSize, unresolvedBatchSize } from '../operations/store.ts'

/**
 * Redis keys of the operation store. `records` contains the serialized records, and `about` their searchable fields. The other
 * keys are indexes. `usage` is the number of bytes of each caller's operations. `owners` are the processes that have unresolved
 * operations. An earlier version stored all unresolved operations in `open`.
 */
export const keys = ['records', 'about', 'started', 'open', 'held', 'holders', 'uploads', 'usage', 'owners'].map(
  (name) => `parley:${name}`,
)

/** Shared functions. `known` returns nil for unreadable fields of a record, so that they do not stop other operations. */
const common = `
  local records, about, started, open, held, holders, uploads, usage, owners = unpack(KEYS)
  local function known(id)
    local isRead, value = pcall(cjson.decode, redis.call('HGET', about, id))
    if not isRead or type(value) ~= 'table' then return nil end
    for _, name in ipairs({ 'process', 'outcome', 'caller', 'key', 'upload' }) do
      if type(value[name]) ~= 'string' then value[name] = nil end
    end
    local bytes = tonumber(value.bytes)
    value.bytes = bytes and bytes >= 0 and bytes < 2 ^ 31 and bytes or 0
    return value
  end
  local function found(id)
    local record = id and redis.call('HGET', records, id)
    return record and { id, record }
  end
  local function count(now, sign)
    if not now.caller then return end
    local sum = (tonumber(redis.call('HGET', usage, now.caller)) or 0) + sign * now.bytes
    if sum > 0 then redis.call('HSET', usage, now.caller, string.format('%d', math.min(sum, 2 ^ 52)))
    else redis.call('HDEL', usage, now.caller) end
  end
  local function evictable(caller) return 'parley:evictable:' .. caller end
  local function isOpen(now) return now.outcome == 'PENDING' or now.outcome == 'UNKNOWN' end
  local function offer(id, now, at)
    if now.caller and not isOpen(now) then redis.call('ZADD', evictable(now.caller), at, id) end
  end
  local function free(id, now)
    if redis.call('ZREM', held, id) == 0 or not now or not now.key then return end
    redis.call('HDEL', holders, now.key)
    offer(id, now, redis.call('ZSCORE', started, id) or 0)
  end
  local function openOf(process) return 'parley:open:' .. process end
  local function close(id, now)
    redis.call('ZREM', open, id)
    if now and now.process then redis.call('ZREM', openOf(now.process), id) end
  end
  local function write(id, at, text, record)
    local before, now = known(id), cjson.decode(text)
    if before then count(before, -1) end
    count(now, 1)
    redis.call('HSET', records, id, record)
    redis.call('HSET', about, id, text)
    redis.call('ZADD', started, at, id)
    close(id, before)
    if isOpen(now) then
      redis.call('ZADD', openOf(now.process), at, id)
      redis.call('ZADD', owners, 0, now.process)
    end
    if not now.key then offer(id, now, at) end
    if now.upload then
      local latest = redis.call('HGET', uploads, now.upload)
      if not latest or tonumber(redis.call('ZSCORE', started, latest) or 0) <= tonumber(at) then
        redis.call('HSET', uploads, now.upload, id)
      end
    end
  end
  local function delete(id)
    local gone = known(id)
    if gone then
      free(id, gone)
      if gone.upload and redis.call('HGET', uploads, gone.upload) == id then redis.call('HDEL', uploads, gone.upload) end
      if gone.caller then redis.call('ZREM', evictable(gone.caller), id) end
      count(gone, -1)
    end
    redis.call('HDEL', records, id)
    redis.call('HDEL', about, id)
    close(id, gone)
    redis.call('ZREM', held, id)
    redis.call('ZREM', started, id)
  end
`

/** Inserts an operation. Returns the operation that owns the key, 0 if the caller's share is full, or nil after the insert. */
export const insertScript = `${common}
  local id, at, text, record, quota = unpack(ARGV)
  local now = cjson.decode(text)
  local holder = now.key and found(redis.call('HGET', holders, now.key))
  if holder then return holder end
  local function isFull()
    return (tonumber(redis.call('HGET', usage, now.caller)) or 0) + now.bytes > tonumber(quota)
  end
  if isFull() then
    for _, old in ipairs(redis.call('ZRANGE', evictable(now.caller), 0, ${evictionBatchSize - 1})) do delete(old) end
    if isFull() then return 0 end
  end
  if now.key then
    redis.call('HSET', holders, now.key, id)
    redis.call('ZADD', held, at, id)
  end
  write(id, at, text, record)
  return false
`

/** Replaces an operation. Returns 0 if its outcome is not one of the expected ones. */
export const updateScript = `${common}
  local id, at, text, record, expected = unpack(ARGV)
  local before = known(id)
  if not before or not cjson.decode(expected)[before.outcome] then return 0 end
  if not cjson.decode(text).key then free(id, before) end
  write(id, at, text, record)
  return 1
`

/** @param index Hash that contains the ID, or `'id'` if the argument is the ID. */
export const createFindScript = (index: 'holders' | 'uploads' | 'id'): string => `${common}
  return found(${index === 'id' ? 'ARGV[1]' : `redis.call('HGET', ${index}, ARGV[1])`})
`

/** Returns the unresolved operations of other processes than the given ones, without those that began before `since`. */
export const listUnresolvedScript = `${common}
  local since, processes = unpack(ARGV)
  local others, result = cjson.decode(processes), {}
  local function add(set)
    local ids = redis.call('ZRANGEBYSCORE', set, since, '+inf', 'LIMIT', 0, ${unresolvedBatchSize})
    for _, id in ipairs(ids) do
      local stored, now = found(id), known(id)
      if not stored then redis.call('ZREM', set, id)
      elseif not now or not others[now.process] then table.insert(result, stored) end
    end
  end
  add(open)
  for _, process in ipairs(redis.call('ZRANGE', owners, 0, -1)) do
    if #result >= ${unresolvedBatchSize} then break end
    if not others[process] then
      add(openOf(process))
      if #redis.call('ZRANGE', openOf(process), 0, 0) == 0 then redis.call('ZREM', owners, process) end
    end
  end
  return result
`

/** Maximum number of operations that one script changes, because Redis executes no other command in the meantime. */
export const batchSize = 1_000

/** Releases up to `ARGV[2]` keys and returns how many. */
export const releaseKeysScript = `${common}
  local ids = redis.call('ZRANGEBYSCORE', held, '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, id in ipairs(ids) do free(id, known(id)) end
  return #ids
`

/** Deletes up to `ARGV[2]` operations and returns how many. */
export const deleteScript = `${common}
  local ids = redis.call('ZRANGEBYSCORE', started, '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, id in ipairs(ids) do delete(id) end
  return #ids
`
