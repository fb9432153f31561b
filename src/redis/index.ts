import { ConfigurationError } from '../core/configuration-error.ts'
import type { EventPeers } from '../events/watch/event-peers.ts'
import type { EventStore } from '../events/log/event-store.ts'
import type { ProcessRegistry } from '../operations/process-registry.ts'
import type { Store, StoreOptions } from '../operations/store.ts'
import { createFixedSecrets, type Secrets } from '../core/secrets.ts'
import type { SharedAccount } from '../upstream/shared-account.ts'
import type { UpstreamSettings } from '../upstream/settings.ts'
import { parseMessage, RedisAccount } from './account.ts'
import { RedisConnection, RedisFailure } from './connection.ts'
import { RedisEventPeers } from './event-peers.ts'
import { RedisEventStore, type RedisEventStoreOptions } from './event-store.ts'
import { RedisProcessRegistry } from './process-registry.ts'
import { TokenCipher } from './token-cipher.ts'
import { secretsMessage, SharedSecrets } from './shared-secrets.ts'
import { RedisStore } from './store.ts'

/** State that processes share in Redis. */
export interface SharedState {
  store: Store
  processRegistry: ProcessRegistry
  secrets: Secrets
  /** Returns the shared state of an account. An account that is opened again replaces the earlier one with the same key. */
  shareAccount(key: string, connection: Pick<UpstreamSettings, 'apiUrl' | 'secrets'>): SharedAccount
  /** Opens the event log, once. Its copy is empty until `loadEvents`. */
  openEventStore(options: RedisEventStoreOptions): EventStore
  /** The other processes, as far as live events are concerned. */
  eventPeers: EventPeers
  /** Loads the event log, and what other processes observe. Resolves also if Redis has failed: then it is loaded later. */
  loadEvents(): Promise<void>
  close(): void
}

export interface SharedStateOptions {
  url: string
  /** If null, the processes share a secret that the first process creates in Redis. */
  cursorSecret: string | null
  store?: StoreOptions
  /** Called when Redis becomes available (null) or unavailable (the reason). */
  onChange(reason: string | null): void
  /** Called if Redis has lost its data while this process was connected. */
  onDataLost?(): void
}

/**
 * Connects to Redis. If Redis cannot be reached and `cursorSecret` is set, returns nevertheless and connects later.
 *
 * @throws ConfigurationError if Redis rejects the connection, or cannot be reached and has the cursor secret.
 */
export async function openSharedState(options: SharedStateOptions): Promise<SharedState> {
  const { url, cursorSecret, store, onChange, onDataLost = () => {} } = options
  /** By account key: an account that is opened again replaces the one before. */
  const accountByKey = new Map<string, RedisAccount>()
  let eventStore: RedisEventStore | null = null
  const eventPeers: RedisEventPeers = new RedisEventPeers(() => connection)
  const sharedSecrets = cursorSecret === null ? new SharedSecrets() : null
  const processRegistry: RedisProcessRegistry = new RedisProcessRegistry(() => connection)
  const connection = new RedisConnection({
    url,
    onMessage: (text) => {
      if (text === secretsMessage)
        return void sharedSecrets?.merge(connection.evalScript, connection.channel).catch(() => {})
      if (eventStore?.handleMessage(text) || eventPeers.handleMessage(text)) return
      const message = parseMessage(text)
      for (const account of accountByKey.values()) if (account.name === message?.account) account.handleMessage(message)
    },
    sendHeartbeat: async (run) => {
      for (const account of accountByKey.values()) await account.publishMissed(run)
      const { count, isDataLost } = await processRegistry.sendHeartbeat(run)
      await sharedSecrets?.merge(run, connection.channel)
      for (const account of accountByKey.values()) account.setProcessCount(count)
      void eventStore?.synchronize()
      void eventPeers.synchronize()
      if (!isDataLost) return
      onDataLost()
      for (const account of accountByKey.values()) void account.restoreCooldowns(run)
    },
    onChange: (failure) => {
      processRegistry.setConnected(failure === null)
      onChange(failure?.reason ?? null)
      if (failure) eventStore?.setUnavailable(failure)
      else {
        void eventStore?.synchronize()
        void eventPeers.synchronize()
      }
      if (!failure) for (const account of accountByKey.values()) void account.loadCooldowns()
    },
  })
  try {
    await connection.connect()
  } catch (error) {
    if (!(error instanceof RedisFailure)) throw error
    if (sharedSecrets?.isMerged === false || error.isRejected) {
      connection.close()
      throw new ConfigurationError([formatRedisFailure(error)])
    }
  }
  return {
    store: new RedisStore(connection, store),
    processRegistry,
    secrets: sharedSecrets ?? createFixedSecrets(cursorSecret!),
    shareAccount: (key, { apiUrl, secrets }) => {
      // Does not use a secret from Redis: it can change, and everyone with access to Redis can read it.
      const account = new RedisAccount(connection, new TokenCipher(cursorSecret ?? '', [key, apiUrl], secrets))
      accountByKey.set(key, account)
      return account
    },
    openEventStore: (options) => (eventStore = new RedisEventStore(connection, options)),
    eventPeers,
    loadEvents: async () => void (await Promise.all([eventStore?.synchronize(), eventPeers.synchronize()])),
    close: () => connection.close(),
  }
}

const formatRedisFailure = ({ reason, isRejected }: RedisFailure): string =>
  isRejected
    ? `redis: Redis rejects the connection (${reason}). Correct the user, password, or certificate.`
    : `redis: Redis cannot be reached (${reason}), but the cursor secret is stored there. Start Redis, or set cursorSecret.`
