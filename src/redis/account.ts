import { z } from 'zod'
import type { Token } from '../upstream/auth-scheme.ts'
import { systemClock } from '../upstream/clock.ts'
import { maxCooldownMs } from '../upstream/rate-limits.ts'
import type { SharedToken, SharedStateListener, SharedAccount } from '../upstream/shared-account.ts'
import type { RedisConnection, RedisReply } from './connection.ts'
import type { TokenCipher } from './token-cipher.ts'
import { RedisToken, SealedToken } from './token.ts'

/** Maximum length of a rate limit's name; those of users and meetings hold an ID. */
const maxLimitLength = 2_048
/** More than this are not read of one account. */
const maxHolds = 10_000
/** More than this are not put back after Redis has lost them. Vendors have few limits at a time. */
const maxRemembered = 1_000

/** What one process tells the others of an account; `ms`: for how long the hold lasts. */
const Message = z.object({
  account: z.string(),
  token: SealedToken.optional(),
  hold: z.object({ limit: z.string().max(maxLimitLength), ms: z.number() }).optional(),
})
export type Message = z.infer<typeof Message>

/** Null for what no process of this version sends: whoever can write to Redis can publish anything. */
export function readMessage(text: string): Message | null {
  try {
    return Message.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const now = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** Kept for those who were not there to hear it, until the last hold has ended. */
const hold = `${now}
  local limit, ms, channel, message = unpack(ARGV)
  local ends = now + ms
  local known = tonumber(redis.call('HGET', KEYS[1], limit)) or 0
  if ends > known or known > now + ${maxCooldownMs} then
    redis.call('HSET', KEYS[1], limit, string.format('%d', ends))
    redis.call('PEXPIRE', KEYS[1], string.format('%d', math.max(ms, redis.call('PTTL', KEYS[1]))))
  end
  redis.call('PUBLISH', channel, message)
`

const holds = `${now}
  local left = redis.call('HGETALL', KEYS[1])
  for index = 2, #left, 2 do left[index] = (tonumber(left[index]) or 0) - now end
  return left
`

/** One account, as the processes over one Redis share it. */
export class RedisAccount implements SharedAccount {
  readonly name: string
  readonly #connection: RedisConnection
  readonly #token: RedisToken
  readonly #holds: string
  #listener: SharedStateListener | null = null
  /** Ends of the holds that this process knows, by limit, in ms since the epoch. */
  readonly #ends = new Map<string, number>()

  constructor(connection: RedisConnection, seal: TokenCipher) {
    this.name = seal.name
    this.#connection = connection
    this.#token = new RedisToken(connection, seal)
    this.#holds = `parley:holds:${seal.name}`
  }

  renewToken(known: SharedToken | null, fetch: () => Promise<Token>): Promise<Token> {
    return this.#token.renewToken(known, fetch)
  }

  publishCooldown(limit: string, until: number): void {
    const ms = Math.min(Math.ceil(until - systemClock.now()), maxCooldownMs)
    if (!(ms > 0)) return
    this.#remember(limit, until)
    void this.#tell(this.#connection.run, limit, ms).catch(() => {})
  }

  /** Puts back the holds that Redis has lost. */
  async restoreHolds(run: RedisConnection['run']): Promise<void> {
    for (const [limit, until] of this.#ends) {
      const ms = Math.min(Math.ceil(until - systemClock.now()), maxCooldownMs)
      if (ms > 0) await this.#tell(run, limit, ms).catch(() => {})
    }
  }

  setListener(listener: SharedStateListener): void {
    this.#listener = listener
    void this.loadCooldowns()
  }

  /** Learns what was said while this process did not hear. */
  async loadCooldowns(): Promise<void> {
    const left = await this.#connection.run(holds, [this.#holds], []).catch((): readonly RedisReply[] => [])
    const pairs = left as readonly [Buffer, number]
    for (let index = 0; index < Math.min(pairs.length, 2 * maxHolds); index += 2)
      this.#applyCooldown(String(pairs[index]), Number(pairs[index + 1]))
  }

  handleMessage({ token, hold }: Message): void {
    const opened = token && this.#token.decryptToken(token)
    if (opened) this.#listener?.onToken(opened)
    if (hold) this.#applyCooldown(hold.limit, hold.ms)
  }

  setProcessCount(count: number): void {
    this.#listener?.onProcessCount(count)
  }

  #applyCooldown(limit: string, ms: number): void {
    if (!(ms > 0 && ms <= maxCooldownMs && limit.length <= maxLimitLength)) return
    const until = systemClock.now() + ms
    this.#remember(limit, until)
    this.#listener?.onCooldown(limit, until)
  }

  #remember(limit: string, until: number): void {
    const now = systemClock.now()
    for (const [name, end] of this.#ends) if (end <= now || this.#ends.size >= maxRemembered) this.#ends.delete(name)
    this.#ends.set(limit, Math.max(until, this.#ends.get(limit) ?? 0))
  }

  #tell(run: RedisConnection['run'], limit: string, ms: number): Promise<RedisReply> {
    const message: Message = { account: this.name, hold: { limit, ms } }
    return run(hold, [this.#holds], [limit, ms, this.#connection.channel, JSON.stringify(message)])
  }
}
