import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Token } from '../upstream/auth-scheme.ts'
import type { SharedToken } from '../upstream/shared-account.ts'
import { systemClock } from '../upstream/clock.ts'
import type { RedisConnection, RedisReply } from './connection.ts'
import type { TokenCipher } from './token-cipher.ts'

/** How long in ms a process that fetches keeps the others waiting without a sign of life, and how often it gives one. */
const lockTtlMs = 3_000
const lockRenewIntervalMs = 1_000
/** How often in ms those who wait look. */
const pollIntervalMs = 100

/** Longer than any vendor's token lives. */
const maxLifeMs = 400 * 24 * 60 * 60 * 1000

/**
 * A token that outlives the one known, else the right to fetch one (1), else nothing yet (0). A dead one is dropped. A
 * lock that nobody would ever release ends like any other.
 */
const take = `
  local token, lock = unpack(KEYS)
  local known, dead, left, owner, life = unpack(ARGV)
  local id = redis.call('HGET', token, 'id')
  local ttl = redis.call('PTTL', token)
  if id and id ~= known and (ttl == -1 or ttl > tonumber(left)) then
    return { redis.call('HGET', token, 'sealed'), ttl }
  end
  if id == known and dead == '1' then redis.call('DEL', token) end
  if redis.call('SET', lock, owner, 'NX', 'PX', life) then return 1 end
  local rest = redis.call('PTTL', lock)
  if rest < 0 or rest > tonumber(life) then redis.call('PEXPIRE', lock, life) end
  return 0
`

const put = `
  local token, lock = unpack(KEYS)
  local owner, id, sealed, life, channel, message = unpack(ARGV)
  redis.call('HSET', token, 'id', id, 'sealed', sealed)
  if life == '' then redis.call('PERSIST', token) else redis.call('PEXPIRE', token, life) end
  if redis.call('GET', lock) == owner then redis.call('DEL', lock) end
  redis.call('PUBLISH', channel, message)
`

/** Also takes the lock again if Redis has lost it. */
const extend = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2])
  else redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) end
`
const release = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`

/** As others are told of it; `life` in ms, null without end. */
export const SealedToken = z.object({ sealed: z.string(), life: z.number().min(0).max(maxLifeMs).nullable() })
export type SealedToken = z.infer<typeof SealedToken>

/** An account's token as processes share it: sealed, for as long as it lives. */
export class RedisToken {
  readonly #connection: RedisConnection
  readonly #seal: TokenCipher
  readonly #keys: [token: string, lock: string]

  constructor(connection: RedisConnection, seal: TokenCipher) {
    this.#connection = connection
    this.#seal = seal
    this.#keys = [`parley:token:${seal.name}`, `parley:token-lock:${seal.name}`]
  }

  /** See SharedAccount. */
  async renewToken(known: SharedToken | null, fetch: () => Promise<Token>): Promise<Token> {
    const owner = randomUUID()
    for (;;) {
      const reply = await this.#takeTokenOrLock(known, owner).catch(() => null)
      if (reply === 1) return this.#fetchForAll(owner, fetch)
      // Without the others, or with one that is not ours to read: alone.
      if (reply !== 0) return this.#parseTakenToken(reply) ?? fetch()
      await systemClock.sleep(pollIntervalMs, new AbortController().signal)
    }
  }

  /** Null where it is not sealed as ours are. */
  decryptToken({ sealed, life }: SealedToken): Token | null {
    const value = this.#seal.decrypt(sealed)
    return value === null ? null : { value, expiresAt: life === null ? null : systemClock.now() + life }
  }

  #takeTokenOrLock(known: SharedToken | null, owner: string): Promise<RedisReply> {
    const left = known === null || known.isRejected ? 0 : Math.max(0, (known.expiresAt ?? 0) - systemClock.now())
    const id = known === null ? '' : this.#seal.computeTokenId(known.value)
    return this.#connection.run(take, this.#keys, [id, known?.isRejected ? 1 : 0, left, owner, lockTtlMs])
  }

  #parseTakenToken(reply: RedisReply): Token | null {
    if (!Array.isArray(reply)) return null
    const [sealed, ttl] = reply as [Buffer, number]
    const { data } = SealedToken.safeParse({ sealed: String(sealed), life: ttl === -1 ? null : ttl })
    return data ? this.decryptToken(data) : null
  }

  async #fetchForAll(owner: string, fetch: () => Promise<Token>): Promise<Token> {
    const { run } = this.#connection
    const lock = [this.#keys[1]]
    const timer = setInterval(() => void run(extend, lock, [owner, lockTtlMs]).catch(() => {}), lockRenewIntervalMs)
    try {
      // A lock that is prolonged after it was released would keep others waiting.
      const token = await fetch().finally(() => clearInterval(timer))
      await this.#publishToken(token, owner).catch(() => {})
      return token
    } catch (error) {
      await run(release, lock, [owner]).catch(() => {})
      throw error
    }
  }

  async #publishToken({ value, expiresAt }: Token, owner: string): Promise<void> {
    const left = expiresAt === null ? null : Math.max(1, Math.floor(expiresAt - systemClock.now()))
    const life = left === null ? null : Math.min(left, maxLifeMs)
    const sealed: SealedToken = { sealed: this.#seal.encrypt(value), life }
    const message = JSON.stringify({ account: this.#seal.name, token: sealed })
    const { run, channel } = this.#connection
    await run(put, this.#keys, [owner, this.#seal.computeTokenId(value), sealed.sealed, life ?? '', channel, message])
  }
}
