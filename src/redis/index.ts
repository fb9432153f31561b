import { ConfigurationError } from '../config.ts'
import { createCursorSecret } from '../cursor-secret.ts'
import type { Presence } from '../operations/presence.ts'
import type { Store, StoreOptions } from '../operations/store.ts'
import type { SharedAccount } from '../upstream/shared.ts'
import type { ConnectionOptions as AccountConnection } from '../vendors/definition.ts'
import { readMessage, RedisAccount } from './account.ts'
import { Connection, RedisFailure } from './connection.ts'
import { RedisPresence } from './presence.ts'
import { Seal } from './seal.ts'
import { RedisStore } from './store.ts'

/** What the processes over one Redis share. */
export interface Sharing {
  store: Store
  presence: Presence
  /** What cursors are signed and operations named with. */
  secret: string
  account(key: string, connection: Pick<AccountConnection, 'apiUrl' | 'secrets'>): SharedAccount
  close(): void
}

export interface SharingOptions {
  url: string
  /** Null: the processes share one that the first of them makes in Redis. */
  cursorSecret: string | null
  store?: StoreOptions
  /** Redis can be asked (null), or why not. Told of every change. */
  onChange(reason: string | null): void
}

const secretKey = 'parley:cursor-secret'

/**
 * Connects to Redis. Where that cannot be reached, the server starts all the same and is connected later, if it need not
 * ask for the secret. Throws ConfigurationError.
 */
export async function openSharing(options: SharingOptions): Promise<Sharing> {
  const { url, cursorSecret, store, onChange } = options
  const accounts: RedisAccount[] = []
  let secret = cursorSecret
  const presence: RedisPresence = new RedisPresence(() => connection)
  const connection = new Connection({
    url,
    onMessage: (text) => {
      const message = readMessage(text)
      for (const account of accounts) if (account.name === message?.account) account.hear(message)
    },
    beat: async (run) => {
      const count = await presence.beat(run)
      for (const account of accounts) account.processes(count)
    },
    onChange: (failure) => {
      presence.changed(failure === null)
      onChange(failure?.reason ?? null)
      if (failure) return
      for (const account of accounts) void account.catchUp()
      // A Redis that has lost it gets it back before anybody makes another.
      if (secret !== null && cursorSecret === null) void sharedSecret(connection, secret).catch(() => {})
    },
  })
  try {
    await connection.open()
    secret ??= await sharedSecret(connection, createCursorSecret())
  } catch (error) {
    if (!(error instanceof RedisFailure)) throw error
    if (secret === null || error.refused) {
      connection.close()
      throw new ConfigurationError([explain(error)])
    }
  }
  const shared = secret!
  return {
    store: new RedisStore(connection, store),
    presence,
    secret: shared,
    account: (key, { apiUrl, secrets }) => {
      const account = new RedisAccount(connection, new Seal(shared, [key, apiUrl], secrets))
      accounts.push(account)
      return account
    },
    close: () => connection.close(),
  }
}

/** The secret in Redis, put there if there is none; what is no secret, such as an empty text, counts as none. */
const keepSecret = `
  local kept = redis.pcall('GET', KEYS[1])
  if type(kept) == 'string' and #kept == 43 and not string.find(kept, '[^%w_-]') then return kept end
  redis.call('SET', KEYS[1], ARGV[1])
  return ARGV[1]
`

/** @throws RedisFailure */
async function sharedSecret(connection: Connection, proposed: string): Promise<string> {
  return String(await connection.run(keepSecret, [secretKey], [proposed]))
}

const explain = ({ reason, refused }: RedisFailure): string =>
  refused
    ? `redis: Redis refuses the connection (${reason}); mend user, password or certificate`
    : `redis: Redis cannot be reached (${reason}) and holds the secret of the cursors; start it, or set cursorSecret`
