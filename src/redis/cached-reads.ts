import { randomBytes } from 'node:crypto'
import type { SharedText } from '../upstream/shared-account.ts'
import type { RedisConnection } from './connection.ts'
import type { TokenCipher } from './token-cipher.ts'

/** Sets the generation of topics and tells the other processes. */
const changeScript = `
  local generation, ms, channel, message = unpack(ARGV)
  for _, key in ipairs(KEYS) do redis.call('SET', key, generation, 'PX', ms) end
  redis.call('PUBLISH', channel, message)
`

/** Returns an entry and the generation of its topic. Without a generation, a new one begins, to which no entry belongs. */
const findScript = `
  local generation = redis.call('GET', KEYS[2])
  if generation then return { redis.call('GET', KEYS[1]), generation } end
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
  return { false, ARGV[1] }
`

const createGeneration = (): string => randomBytes(9).toString('base64url')
/** A generation is kept longer than the responses of earlier ones. */
const extraGenerationMs = 60_000

/** Cached responses of one account in Redis: encrypted, under keyed hashes of their paths. */
export class RedisCachedReads {
  readonly #connection: RedisConnection
  readonly #cipher: TokenCipher

  constructor(connection: RedisConnection, cipher: TokenCipher) {
    this.#connection = connection
    this.#cipher = cipher
  }

  /** @param ttlMs How long responses can be cached, in milliseconds. */
  async find(path: string, topic: string, ttlMs: number): Promise<SharedText | null> {
    const keys = [this.#formatKey('read', path), this.#formatKey('topic', topic)]
    const values = [createGeneration(), ttlMs + extraGenerationMs]
    const reply = await this.#connection.evalScript(findScript, keys, values).catch(() => null)
    if (reply === null) return null
    const [entry, generation] = (reply as readonly (Buffer | null)[]).map((bytes) => bytes?.toString() ?? '')
    const [madeIn, encrypted = ''] = entry!.split(' ')
    return { generation: generation!, text: madeIn === generation ? this.#cipher.decrypt(encrypted) : null }
  }

  keep(path: string, { generation, text }: { generation: string; text: string }, ttlMs: number): void {
    const value = `${generation} ${this.#cipher.encrypt(text)}`
    this.#send('SET', this.#formatKey('read', path), value, 'PX', Math.max(1, Math.floor(ttlMs)))
  }

  forget(path: string): void {
    this.#send('DEL', this.#formatKey('read', path))
  }

  /** Makes everything that is cached of the topics outdated, and publishes a message. @throws RedisFailure */
  async change(
    evalScript: RedisConnection['evalScript'],
    topics: readonly string[],
    ttlMs: number,
    message: string,
  ): Promise<void> {
    const keys = topics.map((topic) => this.#formatKey('topic', topic))
    const { channel } = this.#connection
    await evalScript(changeScript, keys, [createGeneration(), ttlMs + extraGenerationMs, channel, message])
  }

  #formatKey(kind: 'read' | 'topic', name: string): string {
    return `parley:cache:${this.#cipher.name}:${this.#cipher.computeTokenId(`${kind} ${name}`)}`
  }

  #send(...command: readonly (string | number)[]): void {
    void this.#connection.sendCommand(...command).catch(() => {})
  }
}
