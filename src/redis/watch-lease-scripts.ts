import { maxAgeMs } from './event-log-scripts.ts'

/** Time after which another process watches an account whose holder does not renew its lease, in milliseconds. */
export const leaseTtlMs = 6_000
/** Time after which the interest of a process that does not announce it anymore is ignored, in milliseconds. */
const interestTtlMs = 10_000
/** Time for which the state of a source is kept that no process watches, in milliseconds. */
const stateTtlMs = 3_600_000

/** Returns the Redis keys of the watch of an account: the lease, the interests by lease ID, the state, and the last webhook. */
export const createWatchKeys = (account: string): string[] =>
  ['lease', 'interests', 'source', 'heard'].map((name) => `parley:${name}:${account}`)

/**
 * Announces the interest of a process and returns those of the others. Acquires the lease if it is free and the process has an
 * interest, renews it, or releases it if no process has an interest. An interest is stored after the time when it ends.
 *
 * Arguments: the lease ID, the interest or '', the state or '', the message that publishes the state or '', the time of the
 * last webhook or '', the channel, and the messages that report a change of the watch and the end of the source.
 * Returns: whether the lease is held, whether another process holds it and for how long, the state, the time of the last
 * webhook, and the other interests.
 */
export const synchronizeScript = `
  local lease, interests, source, heard = unpack(KEYS)
  local id, interest, state, stateMessage, heardAt, channel, watchMessage, endMessage = unpack(ARGV)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local earlier = redis.call('HGET', interests, id)
  earlier = earlier and string.match(earlier, '^%d+ (.*)$') or ''
  if interest == '' then redis.call('HDEL', interests, id)
  else redis.call('HSET', interests, id, string.format('%d ', now + ${interestTtlMs}) .. interest) end
  local others, fields = {}, redis.call('HGETALL', interests)
  for index = 1, #fields, 2 do
    local ends, text = string.match(fields[index + 1], '^(%d+) (.*)$')
    ends = tonumber(ends)
    if not ends or ends < now or ends > now + ${interestTtlMs} then redis.call('HDEL', interests, fields[index])
    elseif fields[index] ~= id then table.insert(others, text) end
  end
  redis.call('PEXPIRE', interests, ${interestTtlMs})
  local holder = redis.call('GET', lease)
  if holder == id and interest == '' and #others == 0 then
    redis.call('DEL', lease, source)
    redis.call('PUBLISH', channel, endMessage)
    holder, state = false, ''
  elseif holder == id then redis.call('PEXPIRE', lease, ${leaseTtlMs})
  elseif not holder and interest ~= '' then
    redis.call('SET', lease, id, 'PX', ${leaseTtlMs})
    holder, state = id, ''
  end
  if holder == id then
    if state ~= '' then redis.call('SET', source, state) end
    redis.call('PEXPIRE', source, ${stateTtlMs})
    if state ~= '' and stateMessage ~= '' then redis.call('PUBLISH', channel, stateMessage) end
  elseif holder and earlier ~= interest then redis.call('PUBLISH', channel, watchMessage) end
  if heardAt ~= '' and tonumber(heardAt) > (tonumber(redis.call('GET', heard)) or 0) then
    redis.call('SET', heard, heardAt, 'PX', ${maxAgeMs})
  end
  local ttl = holder and holder ~= id and redis.call('PTTL', lease) or 0
  if ttl < 0 or ttl > ${leaseTtlMs} then
    ttl = ${leaseTtlMs}
    redis.call('PEXPIRE', lease, ttl)
  end
  return { holder == id and 1 or 0, ttl, redis.call('GET', source) or '', redis.call('GET', heard) or '', unpack(others) }
`

/** Ends an interest and a lease at once, and has the other processes acquire it. The state is kept for the next holder. */
export const releaseScript = `
  local lease, interests = unpack(KEYS)
  local id, channel, watchMessage = unpack(ARGV)
  redis.call('HDEL', interests, id)
  if redis.call('GET', lease) ~= id then return end
  redis.call('DEL', lease)
  redis.call('PUBLISH', channel, watchMessage)
`
