import { isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient, RESP_TYPES } from '@redis/client'

/** Reply to a command. Strings are bytes. */
export type RedisReply = Buffer | number | null | readonly RedisReply[]

export type RedisValue = string | Buffer | number

/** Error of a Redis command or connection. `reason` is an error code or the first word of Redis's message, and contains no secret. */
export class RedisFailure extends Error {
  readonly reason: string
  /** Whether Redis rejected the credentials, or TLS failed. A retry does not help then. */
  readonly isRejected: boolean

  constructor(cause: unknown) {
    const reason = getFailureReason(cause)
    super(`Redis: ${reason}`)
    this.name = 'RedisFailure'
    this.reason = reason
    this.isRejected = /^(WRONGPASS|NOAUTH|NOPERM|ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_|UNABLE_)/.test(reason)
  }
}

export interface RedisConnectionOptions {
  /** `redis[s]://[user[:password]@]host[:port][/number]`, validated by the configuration. */
  url: string
  /** Called with every message on the channel, from any process. */
  onMessage(text: string): void
  /** Called when the connection opens, before any other command, and then at an interval. If it fails, the connection is closed. */
  sendHeartbeat(run: RedisConnection['evalScript']): Promise<void>
  /** Called when the connection opens (null) or fails. */
  onChange(failure: RedisFailure | null): void
}

/** Timeout of a command, in milliseconds. */
const commandTimeoutMs = 2_000
const connectTimeoutMs = 3_000
/** Interval between heartbeats, in milliseconds. */
const heartbeatIntervalMs = 2_000
/** Delay before a reconnect, in milliseconds. */
const reconnectDelayMs = 500

/** One connection to Redis, which reconnects after a failure. While it is down, commands fail at once instead of waiting in a queue. */
export class RedisConnection {
  /** Channel of the processes. Contains the database number, because Redis channels are shared by all databases. */
  readonly channel: string
  readonly #options: RedisConnectionOptions
  readonly #closing = new AbortController()
  #client: RedisClient | null = null
  #isConnected: boolean | null = null

  constructor(options: RedisConnectionOptions) {
    this.#options = options
    this.channel = `parley:${parseDatabaseNumber(new URL(options.url))}`
  }

  /**
   * Opens the connection and keeps it open until `close` is called, even if the first attempt fails.
   *
   * @throws RedisFailure if the first attempt fails.
   */
  async connect(): Promise<void> {
    const first = Promise.withResolvers<void>()
    void this.#reconnectForever(first)
    await first.promise
  }

  /**
   * Executes a Lua script.
   *
   * @throws RedisFailure
   */
  evalScript = (script: string, keys: readonly string[], values: readonly RedisValue[]): Promise<RedisReply> =>
    this.sendCommand('EVAL', script, keys.length, ...keys, ...values)

  /** @throws RedisFailure */
  async sendCommand(...parts: readonly RedisValue[]): Promise<RedisReply> {
    if (!this.#client) throw new RedisFailure('not connected')
    return executeCommand(this.#client, parts)
  }

  close(): void {
    this.#closing.abort()
  }

  async #reconnectForever(first: PromiseWithResolvers<void>): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      try {
        await this.#runConnection(first.resolve)
      } catch (error) {
        const failure = new RedisFailure(error)
        if (!signal.aborted) this.#setConnected(failure)
        first.reject(failure)
      }
      await delay(reconnectDelayMs, undefined, { signal }).catch(() => {})
    }
  }

  /**
   * Opens a connection and uses it until it ends.
   *
   * @throws The reason why the connection ended.
   */
  async #runConnection(onConnected: () => void): Promise<void> {
    const failed = new AbortController()
    const signal = AbortSignal.any([this.#closing.signal, failed.signal])
    const client = createClient({ ...toClientOptions(this.#options.url), disableOfflineQueue: true })
    client.on('error', (error) => failed.abort(error))
    try {
      await withTimeout(connectTimeoutMs, client.connect())
      await withTimeout(commandTimeoutMs, client.subscribe(this.channel, this.#options.onMessage))
      const evalScript: RedisConnection['evalScript'] = (script, keys, values) =>
        executeCommand(client, ['EVAL', script, keys.length, ...keys, ...values])
      await this.#options.sendHeartbeat(evalScript)
      this.#client = client
      this.#setConnected(null)
      onConnected()
      for (;;) {
        await delay(heartbeatIntervalMs, undefined, { signal }).catch(() => {})
        signal.throwIfAborted()
        await this.#options.sendHeartbeat(evalScript)
      }
    } finally {
      this.#client = null
      client.destroy()
    }
  }

  #setConnected(failure: RedisFailure | null): void {
    const isConnected = failure === null
    if (isConnected === this.#isConnected) return
    this.#isConnected = isConnected
    this.#options.onChange(failure)
  }
}

type RedisClient = ReturnType<typeof createClient>

const commandOptions = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } }

async function executeCommand(client: RedisClient, parts: readonly RedisValue[]): Promise<RedisReply> {
  const words = parts.map((part) => (typeof part === 'number' ? String(part) : part))
  try {
    return (await withTimeout(commandTimeoutMs, client.sendCommand(words, commandOptions))) as RedisReply
  } catch (error) {
    throw new RedisFailure(error)
  }
}

async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(new RedisFailure('timeout')), ms)
  try {
    return await Promise.race([work, timeout.promise])
  } finally {
    clearTimeout(timer)
  }
}

function toClientOptions(text: string): Parameters<typeof createClient>[0] {
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const socket = {
    host,
    port: Number(url.port || 6379),
    connectTimeout: connectTimeoutMs,
    reconnectStrategy: false,
  } as const
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const password = decodeURIComponent(url.password)
  return {
    socket: url.protocol === 'rediss:' ? { ...socket, ...servername, tls: true } : socket,
    ...(password && { username: decodeURIComponent(url.username) || 'default', password }),
    database: parseDatabaseNumber(url),
    maintNotifications: 'disabled',
  }
}

const parseDatabaseNumber = ({ pathname }: URL): number => Number(pathname.slice(1) || 0)

/** Returns the code of a system or TLS error, or the first word of an error message of Redis. */
function getFailureReason(error: unknown): string {
  if (typeof error === 'string') return error
  if (error instanceof RedisFailure) return error.reason
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return getFailureReason(error.errors[0])
  // Redis reports a command that a script is not permitted to run as `ERR`.
  if (/^ERR .*can't run this command/.test(error.message)) return 'NOPERM'
  return /^[A-Z]+(?= )/.exec(error.message)?.[0] ?? error.name
}
