import { isIP } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createClient, RESP_TYPES } from '@redis/client'

/** What comes back of a command; texts are bytes. */
export type RedisReply = Buffer | number | null | readonly RedisReply[]

export type Value = string | Buffer | number

/** Why Redis could not be asked: a code or the first word of what it said, which is safe to show. */
export class RedisFailure extends Error {
  readonly reason: string
  /** It answered and turned us away: waiting does not help. */
  readonly refused: boolean

  constructor(cause: unknown) {
    const reason = getFailureReason(cause)
    super(`Redis: ${reason}`)
    this.name = 'RedisFailure'
    this.reason = reason
    this.refused = /^(WRONGPASS|NOAUTH|NOPERM|ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_|UNABLE_)/.test(reason)
  }
}

export interface RedisConnectionOptions {
  /** `redis[s]://[user[:password]@]host[:port][/number]`, as the configuration has checked it. */
  url: string
  /** Published texts, from whichever process. */
  onMessage(text: string): void
  /** What the process has to say of itself again and again, first of all; where it fails the connection is given up. */
  sendHeartbeat(run: RedisConnection['run']): Promise<void>
  /** It can be asked again (null), or no longer. Told of every change. */
  onChange(failure: RedisFailure | null): void
}

/** How long in ms a command may take. */
const commandTimeoutMs = 2_000
const connectTimeoutMs = 3_000
/** How often in ms Redis is told that we live, and the pause before it is connected to anew. */
const heartbeatIntervalMs = 2_000
const reconnectDelayMs = 500

/** One connection to Redis, kept up: nothing waits in a queue while it is down, and nothing waits for long. */
export class RedisConnection {
  /** Where texts are published. Channels know no database number. */
  readonly channel: string
  readonly #options: RedisConnectionOptions
  readonly #closing = new AbortController()
  #client: RedisClient | null = null
  #up: boolean | null = null

  constructor(options: RedisConnectionOptions) {
    this.#options = options
    this.channel = `parley:${parseDatabaseNumber(new URL(options.url))}`
  }

  /** Resolves when it is up; throws RedisFailure of the first try. Either way it is kept up from then on. */
  async connect(): Promise<void> {
    const first = Promise.withResolvers<void>()
    void this.#reconnectForever(first)
    await first.promise
  }

  /** Throws RedisFailure. */
  run = (script: string, keys: readonly string[], values: readonly Value[]): Promise<RedisReply> =>
    this.sendCommand('EVAL', script, keys.length, ...keys, ...values)

  /** Throws RedisFailure. */
  async sendCommand(...parts: readonly Value[]): Promise<RedisReply> {
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

  /** From a connection's beginning to its end, of which it throws the reason. */
  async #runConnection(onUp: () => void): Promise<void> {
    const failed = new AbortController()
    const signal = AbortSignal.any([this.#closing.signal, failed.signal])
    const client = createClient({ ...toClientOptions(this.#options.url), disableOfflineQueue: true })
    client.on('error', (error) => failed.abort(error))
    try {
      await withTimeout(connectTimeoutMs, client.connect())
      await withTimeout(commandTimeoutMs, client.subscribe(this.channel, this.#options.onMessage))
      const evalScript: RedisConnection['run'] = (script, keys, values) =>
        executeCommand(client, ['EVAL', script, keys.length, ...keys, ...values])
      await this.#options.sendHeartbeat(evalScript)
      this.#client = client
      this.#setConnected(null)
      onUp()
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
    const up = failure === null
    if (up === this.#up) return
    this.#up = up
    this.#options.onChange(failure)
  }
}

type RedisClient = ReturnType<typeof createClient>

const bytes = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } }

async function executeCommand(client: RedisClient, parts: readonly Value[]): Promise<RedisReply> {
  const words = parts.map((part) => (typeof part === 'number' ? String(part) : part))
  try {
    return (await withTimeout(commandTimeoutMs, client.sendCommand(words, bytes))) as RedisReply
  } catch (error) {
    throw new RedisFailure(error)
  }
}

async function withTimeout<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = new AbortController()
  const over = delay(ms, undefined, { signal: late.signal }).then(() => {
    throw new RedisFailure('timeout')
  })
  try {
    return await Promise.race([work, over])
  } finally {
    late.abort()
  }
}

function toClientOptions(text: string): Parameters<typeof createClient>[0] {
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const at = {
    host,
    port: Number(url.port || 6379),
    connectTimeout: connectTimeoutMs,
    reconnectStrategy: false,
  } as const
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const password = decodeURIComponent(url.password)
  return {
    socket: url.protocol === 'rediss:' ? { ...at, ...servername, tls: true } : at,
    ...(password && { username: decodeURIComponent(url.username) || 'default', password }),
    database: parseDatabaseNumber(url),
    maintNotifications: 'disabled',
  }
}

const parseDatabaseNumber = ({ pathname }: URL): number => Number(pathname.slice(1) || 0)

/** Of a system's or TLS's error its code; of Redis's own the word that it begins with. */
function getFailureReason(error: unknown): string {
  if (typeof error === 'string') return error
  if (error instanceof RedisFailure) return error.reason
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return getFailureReason(error.errors[0])
  return /^[A-Z]+(?= )/.exec(error.message)?.[0] ?? error.name
}
