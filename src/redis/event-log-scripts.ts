/**
 * Redis keys of the event log: the entries, and the state of the log. Fields of the state: `epoch` names the life of the log,
 * `start` and `last` are the IDs after which the entries begin and with which they end, `bytes` is their size.
 */
export const eventLogKeys = ['parley:events', 'parley:event-log']

/** Maximum age of everything that live features keep in Redis, in milliseconds. */
export const maxAgeMs = 24 * 3_600_000
/** Removes entries before their age is `maxAgeMs`, so that only the entries of stopped processes expire. */
export const maxEntryAgeMs = maxAgeMs - 60_000
/** Maximum number of entries that one script removes, because Redis executes no other command in the meantime. */
const maxRemoved = 1_000
/** Size above which a batch of loaded entries ends, in bytes. */
const batchBytes = 1024 ** 2
/** Size above which entries are not published but loaded from the stream, in bytes. */
const maxPublishedBytes = 16 * 1024

/**
 * Begins every script. IDs are positions: the time of Redis in milliseconds, and an index. If Redis has lost the log, its end,
 * or its entries, another life of the log begins after every earlier position.
 */
const common = `
  local stream, state = unpack(KEYS)
  local maxCount, maxAge, maxBytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local newEpoch, knownEpoch, knownEnd = ARGV[4], ARGV[5], ARGV[6]
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local function parse(id)
    local ms, index = string.match(id or '', '^(%d+)-(%d+)$')
    return tonumber(ms), tonumber(index)
  end
  local function isBefore(left, right)
    local leftMs, leftIndex = parse(left)
    local rightMs, rightIndex = parse(right)
    return leftMs < rightMs or (leftMs == rightMs and leftIndex < rightIndex)
  end
  local function format(ms, index) return string.format('%d-%d', ms, index) end
  local log, fields, isChanged = {}, redis.call('HGETALL', state), false
  for index = 1, #fields, 2 do log[fields[index]] = fields[index + 1] end
  log.bytes = tonumber(log.bytes)
  local isIntact = log.epoch and log.bytes and parse(log.start) and parse(log.last)
    and (redis.call('XLEN', stream) > 0) == (log.bytes > 0)
    and not (log.epoch == knownEpoch and isBefore(log.last, knownEnd))
  if not isIntact then
    redis.call('DEL', stream)
    local start = format(math.max(now, parse(knownEnd) + 1), 0)
    log, isChanged = { epoch = newEpoch, start = start, last = start, bytes = 0 }, true
  end
  local function save()
    local count = redis.call('XLEN', stream)
    local firstMs
    for removed = 0, ${maxRemoved} do
      local first = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
      if not first then break end
      firstMs = parse(first[1])
      local isKept = count <= maxCount and log.bytes <= maxBytes and firstMs >= now - maxAge
      if isKept or removed == ${maxRemoved} then break end
      redis.call('XDEL', stream, first[1])
      count, log.bytes, log.start, isChanged = count - 1, log.bytes - #first[2][2], first[1], true
    end
    if isChanged then
      redis.call('HSET', state, 'epoch', log.epoch, 'start', log.start, 'last', log.last,
        'bytes', string.format('%d', log.bytes))
      if count > 0 then redis.call('PEXPIRE', stream, string.format('%d', firstMs + ${maxAgeMs} - now)) end
    end
    if isChanged or redis.call('PTTL', state) < ${maxAgeMs / 2} then redis.call('PEXPIRE', state, ${maxAgeMs}) end
  end
`

/**
 * Records entries and publishes them. The arguments after the channel are pairs: the key of an entry's identity, or an empty
 * string, and the entry. Returns for each pair whether the entry was recorded (1), or is a repetition (0).
 */
export const recordScript = `${common}
  local channel, before, results, published, size = ARGV[7], log.last, {}, {}, 0
  for index = 8, #ARGV, 2 do
    local identity, entry = ARGV[index], ARGV[index + 1]
    if identity ~= '' and not redis.call('SET', identity, '', 'NX', 'PX', ${maxAgeMs}) then
      table.insert(results, 0)
    else
      local ms, position = parse(log.last)
      log.last = now > ms and format(now, 0) or format(ms, position + 1)
      redis.call('XADD', stream, log.last, 'entry', entry)
      log.bytes, size, isChanged = log.bytes + #entry, size + #entry, true
      if size <= ${maxPublishedBytes} then
        table.insert(published, string.format('["%s",%d,%s]', log.last, #entry, entry))
      end
      table.insert(results, 1)
    end
  end
  save()
  if size > 0 then
    local entries = size > ${maxPublishedBytes} and 'null' or '[' .. table.concat(published, ',') .. ']'
    redis.call('PUBLISH', channel,
      string.format('{"log":{"epoch":"%s","after":"%s","entries":', log.epoch, before) .. entries .. '}}')
  end
  return results
`

/**
 * Returns the epoch, the start, and the last ID of the log, the time, and a batch of entries: the ID and the text of each. They
 * follow `knownEnd`, or the start of the log if entries after `knownEnd` are missing.
 */
export const loadScript = `${common}
  save()
  local isContinued = log.epoch == knownEpoch and not isBefore(knownEnd, log.start)
  local ms, index = parse(isContinued and knownEnd or log.start)
  local batch, size = {}, 0
  repeat
    local entries = redis.call('XRANGE', stream, format(ms, index + 1), '+', 'COUNT', 20)
    for _, entry in ipairs(entries) do
      table.insert(batch, entry[1])
      table.insert(batch, entry[2][2])
      size = size + #entry[2][2]
    end
    if #entries > 0 then ms, index = parse(batch[#batch - 1]) end
  until #entries == 0 or size > ${batchBytes}
  return { log.epoch, log.start, log.last, now, batch }
`
