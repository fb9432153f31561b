import { createCursorSecret } from '../paging/cursor-secret.ts'
import type { Secrets } from '../core/secrets.ts'
import type { RedisConnection, RedisReply } from './connection.ts'

/** Message that is published after the secrets in Redis have changed. */
export const secretsMessage = 'secrets'

const keys = ['parley:cursor-secret', 'parley:earlier-cursor-secrets']
/** Maximum number of earlier secrets. One is added if Redis loses its data and a new process stores its secret before the other processes. */
const maxEarlierSecrets = 15

/**
 * Stores missing secrets in Redis and returns the current secret and the earlier ones. The arguments after `isUsed` are the
 * secrets of the process, the current one first. A secret that was not used yet is only stored if Redis has none. Values that
 * are not a secret, such as an empty string, are ignored.
 */
const mergeScript = `
  local function read(key)
    local text = redis.pcall('GET', key)
    return type(text) == 'string' and text or ''
  end
  local function isSecret(text) return #text == 43 and not string.find(text, '[^%w_-]') end
  local channel, isUsed, isChanged = ARGV[1], ARGV[2] == '1', false
  local current = read(KEYS[1])
  if not isSecret(current) then
    current, isChanged = ARGV[3], true
    redis.call('SET', KEYS[1], current)
  end
  local earlier, isKnown = {}, { [current] = true }
  local function add(secret)
    if isKnown[secret] or not isSecret(secret) or #earlier == ${maxEarlierSecrets} then return false end
    isKnown[secret] = true
    table.insert(earlier, secret)
    return true
  end
  local kept = {}
  for secret in string.gmatch(read(KEYS[2]), '%S+') do kept[secret] = true end
  for index = 3, isUsed and #ARGV or 0 do
    if add(ARGV[index]) and not kept[ARGV[index]] then isChanged = true end
  end
  for secret in string.gmatch(read(KEYS[2]), '%S+') do add(secret) end
  if isChanged then
    redis.call('SET', KEYS[2], table.concat(earlier, ' '))
    redis.call('PUBLISH', channel, '${secretsMessage}')
  end
  return { current, unpack(earlier) }
`

/**
 * Secrets that processes share in Redis. If Redis loses its data, each process stores its secrets again. If another process has
 * created a new secret before that, all processes sign with the one in Redis and accept all of them.
 */
export class SharedSecrets implements Secrets {
  #all: readonly string[] = [createCursorSecret()]
  #isMerged = false

  /** Whether the secrets are those in Redis. If false, nothing must be signed with them. */
  get isMerged(): boolean {
    return this.#isMerged
  }

  get current(): string {
    return this.#all[0]!
  }

  get all(): readonly string[] {
    return this.#all
  }

  /**
   * Exchanges the secrets with Redis.
   *
   * @throws RedisFailure
   */
  async merge(evalScript: RedisConnection['evalScript'], channel: string): Promise<void> {
    const reply = await evalScript(mergeScript, keys, [channel, this.#isMerged ? 1 : 0, ...this.#all])
    this.#all = (reply as readonly RedisReply[]).map(String)
    this.#isMerged = true
  }
}
