import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Token } from '../upstream/auth-scheme.ts'
import type { SharedToken } from '../upstream/shared-account.ts'
import { systemClock } from '../upstream/clock.ts'
import type { RedisConnection, RedisReply } from './connection.ts'
import type { TokenCipher } from './token-cipher.ts'

/** Time after which other processes stop waiting for a process that fetches a token and does not renew its lock, in milliseconds. */
const lockTtlMs = 3_000
/** Interval at which the lock is renewed, in milliseconds. */
const lockRenewIntervalMs = 1_000
/** Interval at which waiting processes check for the token, in milliseconds. */
const pollIntervalMs = 100

/** Maximum TTL of a token, in milliseconds: 400 days, longer than any vendor's token. */
const maxTokenTtlMs = 400 * 24 * 60 * 60 * 1000

/**
 * Returns another token that expires later than the known one, or 1 if the process may fetch a token, or 0 if another process
 * fetches one. Deletes a rejected token. Limits the TTL of a lock that would never expire.
 */
const takeScript = `
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

/** Stores and publishes a token, and releases the lock. */
const putScript = `
  local token, lock = unpack(KEYS)
  local owner, id, sealed, life, channel, message = unpack(ARGV)
  redis.call('HSET', token, 'id', id, 'sealed', sealed)
  if life == '' then redis.call('PERSIST', token) else redis.call('PEXPIRE', token, life) end
  if redis.call('GET', lock) == owner then redis.call('DEL', lock) end
  redis.call('PUBLISH', channel, message)
`

/** Renews the lock, or acquires it again if Redis has lost it. */
const extendLockScript = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2])
  else redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) end
`
const releaseLockScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`

/** A token in the format of messages. `life` is its remaining TTL in milliseconds, or null if it does not expire. */
export const EncryptedToken = z.object({ sealed: z.string(), life: z.number().min(0).max(maxTokenTtlMs).nullable() })
export type EncryptedToken = z.infer<typeof EncryptedToken>

/** Shares an account's token over Redis. The token is encrypted and expires in Redis when it expires at the vendor. */
export class RedisToken {
  readonly #connection: RedisConnection
  readonly #cipher: TokenCipher
  readonly #keys: [token: string, lock: string]

  constructor(connection: RedisConnection, cipher: TokenCipher) {
    this.#connection = connection
    this.#cipher = cipher
    this.#keys = [`parley:token:${cipher.name}`, `parley:token-lock:${cipher.name}`]
  }

  /** See `SharedAccount.renewToken`. */
  async renewToken(known: SharedToken | null, fetch: () => Promise<Token>): Promise<Token> {
    const owner = randomUUID()
    for (;;) {
      const reply = await this.#takeTokenOrLock(known, owner).catch(() => null)
      if (reply === 1) return this.#fetchForAll(owner, fetch)
      // If Redis fails or the token cannot be decrypted, this process fetches a token of its own.
      if (reply !== 0) return this.#parseTakenToken(reply) ?? fetch()
      await systemClock.sleep(pollIntervalMs, new AbortController().signal)
    }
  }

  /** Returns null if the token was not encrypted with the same key. */
  decryptToken({ sealed, life }: EncryptedToken): Token | null {
    const value = this.#cipher.decrypt(sealed)
    return value === null ? null : { value, expiresAt: life === null ? null : systemClock.now() + life }
  }

  #takeTokenOrLock(known: SharedToken | null, owner: string): Promise<RedisReply> {
    const minTtlMs = known === null || known.isRejected ? 0 : Math.max(0, (known.expiresAt ?? 0) - systemClock.now())
    const id = known === null ? '' : this.#cipher.computeTokenId(known.value)
    return this.#connection.evalScript(takeScript, this.#keys, [
      id,
      known?.isRejected ? 1 : 0,
      minTtlMs,
      owner,
      lockTtlMs,
    ])
  }

  #parseTakenToken(reply: RedisReply): Token | null {
    if (!Array.isArray(reply)) return null
    const [sealed, ttl] = reply as [Buffer, number]
    const { data } = EncryptedToken.safeParse({ sealed: String(sealed), life: ttl === -1 ? null : ttl })
    return data ? this.decryptToken(data) : null
  }

  async #fetchForAll(owner: string, fetch: () => Promise<Token>): Promise<Token> {
    const { evalScript } = this.#connection
    const lock = [this.#keys[1]]
    const timer = setInterval(
      () => void evalScript(extendLockScript, lock, [owner, lockTtlMs]).catch(() => {}),
      lockRenewIntervalMs,
    )
    try {
      // A renewal after the release would lock the token again.
      const token = await fetch().finally(() => clearInterval(timer))
      await this.#publishToken(token, owner).catch(() => {})
      return token
    } catch (error) {
      await evalScript(releaseLockScript, lock, [owner]).catch(() => {})
      throw error
    }
  }

  async #publishToken({ value, expiresAt }: Token, owner: string): Promise<void> {
    const remainingMs = expiresAt === null ? null : Math.max(1, Math.floor(expiresAt - systemClock.now()))
    const life = remainingMs === null ? null : Math.min(remainingMs, maxTokenTtlMs)
    const sealed: EncryptedToken = { sealed: this.#cipher.encrypt(value), life }
    const message = JSON.stringify({ account: this.#cipher.name, token: sealed })
    const { evalScript, channel } = this.#connection
    await evalScript(putScript, this.#keys, [
      owner,
      this.#cipher.computeTokenId(value),
      sealed.sealed,
      life ?? '',
      channel,
      message,
    ])
  }
}
