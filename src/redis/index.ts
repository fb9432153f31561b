import { ConfigurationError } from '../core/configuration-error.ts'
import type { ProcessRegistry } from '../operations/process-registry.ts'
import type { Store, StoreOptions } from '../operations/store.ts'
import { createFixedSecrets, type Secrets } from '../core/secrets.ts'
import type { SharedAccount } from '../upstream/shared-account.ts'
import type { UpstreamSettings } from '../upstream/settings.ts'
import { readMessage, RedisAccount } from './account.ts'
import { RedisConnection, RedisFailure } from './connection.ts'
import { RedisProcessRegistry } from './process-registry.ts'
import { TokenCipher } from './token-cipher.ts'
import { secretsMessage, SharedSecrets } from './shared-secrets.ts'
import { RedisStore } from './store.ts'

/** What the processes over one Redis share. */
export interface SharedState {
  store: Store
  presence: ProcessRegistry
  secrets: Secrets
  shareAccount(key: string, connection: Pick<UpstreamSettings, 'apiUrl' | 'secrets'>): SharedAccount
  close(): void
}

export interface SharedStateOptions {
  url: string
  /** Null: the processes share one that the first of them makes in Redis. */
  cursorSecret: string | null
  store?: StoreOptions
  /** Redis can be asked (null), or why not. Told of every change. */
  onChange(reason: string | null): void
  /** Redis has lost its data while this process used it. */
  onDataLost?(): void
}

/**
 * Connects to Redis. Where that cannot be reached, the server starts all the same and is connected later, if it need not
 * ask for the secret. Throws ConfigurationError.
 */
export async function openSharing(options: SharedStateOptions): Promise<SharedState> {
  const { url, cursorSecret, store, onChange, onDataLost = () => {} } = options
  /** By account key: an account that is opened again replaces the one before. */
  const accountByKey = new Map<string, RedisAccount>()
  const shared = cursorSecret === null ? new SharedSecrets() : null
  const presence: RedisProcessRegistry = new RedisProcessRegistry(() => connection)
  const connection = new RedisConnection({
    url,
    onMessage: (text) => {
      if (text === secretsMessage) return void shared?.merge(connection.run, connection.channel).catch(() => {})
      const message = readMessage(text)
      for (const account of accountByKey.values()) if (account.name === message?.account) account.handleMessage(message)
    },
    sendHeartbeat: async (run) => {
      const { count, isDataLost } = await presence.sendHeartbeat(run)
      await shared?.merge(run, connection.channel)
      for (const account of accountByKey.values()) account.setProcessCount(count)
      if (!isDataLost) return
      onDataLost()
      for (const account of accountByKey.values()) void account.restoreHolds(run)
    },
    onChange: (failure) => {
      presence.setConnected(failure === null)
      onChange(failure?.reason ?? null)
      if (!failure) for (const account of accountByKey.values()) void account.loadCooldowns()
    },
  })
  try {
    await connection.connect()
  } catch (error) {
    if (!(error instanceof RedisFailure)) throw error
    if (shared?.isMerged === false || error.refused) {
      connection.close()
      throw new ConfigurationError([formatRedisFailure(error)])
    }
  }
  return {
    store: new RedisStore(connection, store),
    presence,
    secrets: shared ?? createFixedSecrets(cursorSecret!),
    shareAccount: (key, { apiUrl, secrets }) => {
      // Secrets in Redis can differ for a moment, and are no secret to those who read Redis.
      const account = new RedisAccount(connection, new TokenCipher(cursorSecret ?? '', [key, apiUrl], secrets))
      accountByKey.set(key, account)
      return account
    },
    close: () => connection.close(),
  }
}

const formatRedisFailure = ({ reason, refused }: RedisFailure): string =>
  refused
    ? `redis: Redis refuses the connection (${reason}); mend user, password or certificate`
    : `redis: Redis cannot be reached (${reason}) and holds the secret of the cursors; start it, or set cursorSecret`
