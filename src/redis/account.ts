import { z } from 'zod'
import type { Token } from '../upstream/auth-scheme.ts'
import { systemClock } from '../upstream/clock.ts'
import { maxCooldownMs } from '../upstream/rate-limits.ts'
import type { SharedToken, SharedStateListener, SharedAccount, SharedText } from '../upstream/shared-account.ts'
import { RedisCachedReads } from './cached-reads.ts'
import type { RedisConnection, RedisReply } from './connection.ts'
import type { TokenCipher } from './token-cipher.ts'
import { RedisToken, EncryptedToken } from './token.ts'

/** Maximum length of a rate limit's name, in characters. Names of limits per user or meeting contain an ID. */
const maxRateLimitLength = 2_048
/** Maximum number of cooldowns that are loaded for one account. */
const maxLoadedCooldowns = 10_000
/** Maximum number of cooldowns that are restored after Redis has lost its data. Vendors have few rate limits. */
const maxRememberedCooldowns = 1_000

/** Maximum number of topics in a message. */
const maxTopics = 10

/** SharedStateMessage about an account that one process sends to the others. The property names are part of the format. */
const SharedStateMessage = z.object({
  account: z.string(),
  token: EncryptedToken.optional(),
  /** A cooldown. `ms` is its duration in milliseconds. */
  hold: z.object({ limit: z.string().max(maxRateLimitLength), ms: z.number() }).optional(),
  /** Topics of the reads whose data has changed. */
  outdated: z.array(z.string()).max(maxTopics).optional(),
})
export type SharedStateMessage = z.infer<typeof SharedStateMessage>

/** Returns null if the text is not a message of this version, because other programs can publish to the channel. */
export function parseMessage(text: string): SharedStateMessage | null {
  try {
    return SharedStateMessage.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const now = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** Stores a cooldown for processes that did not receive the message, until the last cooldown has ended, and publishes it. */
const publishCooldownScript = `${now}
  local limit, ms, channel, message = unpack(ARGV)
  local ends = now + ms
  local known = tonumber(redis.call('HGET', KEYS[1], limit)) or 0
  if ends > known or known > now + ${maxCooldownMs} then
    redis.call('HSET', KEYS[1], limit, string.format('%d', ends))
    redis.call('PEXPIRE', KEYS[1], string.format('%d', math.max(ms, redis.call('PTTL', KEYS[1]))))
  end
  redis.call('PUBLISH', channel, message)
`

/** Returns the names of the rate limits and the remaining durations of their cooldowns, in milliseconds. */
const loadCooldownsScript = `${now}
  local left = redis.call('HGETALL', KEYS[1])
  for index = 2, #left, 2 do left[index] = (tonumber(left[index]) or 0) - now end
  return left
`

/** State of one account that is shared over Redis. */
export class RedisAccount implements SharedAccount {
  readonly name: string
  readonly #connection: RedisConnection
  readonly #token: RedisToken
  readonly #cachedReads: RedisCachedReads
  readonly #cooldownsKey: string
  /** Topics that have changed while Redis was unavailable, and how long processes can have cached them, in milliseconds. */
  readonly #missedTopics = new Map<string, number>()
  #listener: SharedStateListener | null = null
  /** Ends of the known cooldowns, by name of the rate limit, in milliseconds since the epoch. */
  readonly #cooldownEnds = new Map<string, number>()

  constructor(connection: RedisConnection, cipher: TokenCipher) {
    this.name = cipher.name
    this.#connection = connection
    this.#token = new RedisToken(connection, cipher)
    this.#cachedReads = new RedisCachedReads(connection, cipher)
    this.#cooldownsKey = `parley:holds:${cipher.name}`
  }

  renewToken(known: SharedToken | null, fetch: () => Promise<Token>): Promise<Token> {
    return this.#token.renewToken(known, fetch)
  }

  publishCooldown(rateLimit: string, until: number): void {
    const ms = Math.min(Math.ceil(until - systemClock.now()), maxCooldownMs)
    if (!(ms > 0)) return
    this.#remember(rateLimit, until)
    void this.#publish(this.#connection.evalScript, rateLimit, ms).catch(() => {})
  }

  /** Restores the cooldowns after Redis has lost its data. */
  async restoreCooldowns(evalScript: RedisConnection['evalScript']): Promise<void> {
    for (const [rateLimit, until] of this.#cooldownEnds) {
      const ms = Math.min(Math.ceil(until - systemClock.now()), maxCooldownMs)
      if (ms > 0) await this.#publish(evalScript, rateLimit, ms).catch(() => {})
    }
  }

  setListener(listener: SharedStateListener): void {
    this.#listener = listener
    void this.loadCooldowns()
  }

  /** Loads the cooldowns that were published while this process was not connected. */
  async loadCooldowns(): Promise<void> {
    const remaining = await this.#connection
      .evalScript(loadCooldownsScript, [this.#cooldownsKey], [])
      .catch((): readonly RedisReply[] => [])
    const pairs = remaining as readonly [Buffer, number]
    for (let index = 0; index < Math.min(pairs.length, 2 * maxLoadedCooldowns); index += 2)
      this.#applyCooldown(String(pairs[index]), Number(pairs[index + 1]))
  }

  findCached(path: string, topic: string, ttlMs: number): Promise<SharedText | null> {
    return this.#cachedReads.find(path, topic, ttlMs)
  }

  keepCached(path: string, entry: { generation: string; text: string }, ttlMs: number): void {
    this.#cachedReads.keep(path, entry, ttlMs)
  }

  forgetCached(path: string): void {
    this.#cachedReads.forget(path)
  }

  async publishOutdated(outdated: readonly string[], ttlMs: number): Promise<void> {
    const { evalScript } = this.#connection
    await this.#publishOutdated(evalScript, outdated, ttlMs).catch(() => {
      if (ttlMs > 0) for (const topic of outdated) this.#missedTopics.set(topic, ttlMs)
    })
  }

  /** Publishes the changes that could not be published. Must be called before the connection is used. */
  async publishMissed(evalScript: RedisConnection['evalScript']): Promise<void> {
    for (const [topic, ttlMs] of this.#missedTopics) {
      await this.#publishOutdated(evalScript, [topic], ttlMs)
      this.#missedTopics.delete(topic)
    }
  }

  async #publishOutdated(
    evalScript: RedisConnection['evalScript'],
    outdated: readonly string[],
    ttlMs: number,
  ): Promise<void> {
    const message = JSON.stringify({ account: this.name, outdated: [...outdated] } satisfies SharedStateMessage)
    const { channel } = this.#connection
    if (ttlMs > 0) await this.#cachedReads.change(evalScript, outdated, ttlMs, message)
    else await this.#connection.sendCommand('PUBLISH', channel, message)
  }

  /** Applies a message of another process. */
  handleMessage({ token, hold, outdated }: SharedStateMessage): void {
    const decrypted = token && this.#token.decryptToken(token)
    if (decrypted) this.#listener?.onToken(decrypted)
    if (hold) this.#applyCooldown(hold.limit, hold.ms)
    if (outdated) this.#listener?.onOutdated(outdated)
  }

  setProcessCount(count: number): void {
    this.#listener?.onProcessCount(count)
  }

  #applyCooldown(rateLimit: string, ms: number): void {
    if (!(ms > 0 && ms <= maxCooldownMs && rateLimit.length <= maxRateLimitLength)) return
    const until = systemClock.now() + ms
    this.#remember(rateLimit, until)
    this.#listener?.onCooldown(rateLimit, until)
  }

  #remember(rateLimit: string, until: number): void {
    const now = systemClock.now()
    for (const [name, end] of this.#cooldownEnds)
      if (end <= now || this.#cooldownEnds.size >= maxRememberedCooldowns) this.#cooldownEnds.delete(name)
    this.#cooldownEnds.set(rateLimit, Math.max(until, this.#cooldownEnds.get(rateLimit) ?? 0))
  }

  #publish(evalScript: RedisConnection['evalScript'], rateLimit: string, ms: number): Promise<RedisReply> {
    const message: SharedStateMessage = { account: this.name, hold: { limit: rateLimit, ms } }
    return evalScript(
      publishCooldownScript,
      [this.#cooldownsKey],
      [rateLimit, ms, this.#connection.channel, JSON.stringify(message)],
    )
  }
}
