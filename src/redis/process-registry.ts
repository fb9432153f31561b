import { randomUUID } from 'node:crypto'
import type { ProcessRegistry } from '../operations/process-registry.ts'
import { createStoreUnavailableProblem, TooEarly } from '../operations/store.ts'
import type { RedisConnection } from './connection.ts'

/** `epoch`: a random value that the first process stores, so that all see when Redis has lost its data. */
const keys = ['parley:processes', 'parley:epoch']

/** How long in ms a process that says nothing is taken to live; several times the pause between what it says. */
const processTtlMs = 10_000

/** An entry that claims to live for longer than this is none of a process. */
const maxLife = 6 * processTtlMs

/** By the clock of Redis, so that those of the processes need not agree. Returns the epoch and the processes. */
const beat = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. (now + ${maxLife}), '+inf')
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('SET', KEYS[2], ARGV[3], 'NX')
  return { redis.call('GET', KEYS[2]), redis.call('ZRANGE', KEYS[1], 0, -1) }
`

/** For processes that share a Redis: each has to say again and again that it lives. */
export class RedisProcessRegistry implements ProcessRegistry {
  readonly id = randomUUID()
  readonly #connection: () => RedisConnection
  #since = Infinity
  #epoch: string | null = null

  constructor(connection: () => RedisConnection) {
    this.#connection = connection
  }

  /** Done with every beat: what is written down is written over a connection that has begun with one. */
  async register(): Promise<void> {}

  /** After an interruption the others are given the time to say so: until then it cannot be told who lives. */
  async listAlive(): Promise<ReadonlySet<string>> {
    const { processes } = await this.#beat(this.#connection().run).catch(throwStoreUnavailable)
    if (performance.now() < this.#since + processTtlMs)
      throw createStoreUnavailableProblem(new TooEarly('too early to tell who lives'))
    return processes
  }

  async unregister(): Promise<void> {
    await this.#connection().sendCommand('ZREM', keys[0]!, this.id).catch(throwStoreUnavailable)
  }

  /** Returns how many processes live, and whether Redis has lost its data since the last beat. */
  async sendHeartbeat(run: RedisConnection['run']): Promise<{ count: number; isDataLost: boolean }> {
    const { epoch, processes } = await this.#beat(run)
    const isDataLost = this.#epoch !== null && this.#epoch !== epoch
    this.#epoch = epoch
    // The others have not yet said that they live.
    if (isDataLost) this.setConnected(true)
    return { count: processes.size, isDataLost }
  }

  /** The connection has come up, or gone down. */
  setConnected(up: boolean): void {
    this.#since = up ? performance.now() : Infinity
  }

  async #beat(run: RedisConnection['run']): Promise<{ epoch: string; processes: ReadonlySet<string> }> {
    const [epoch, ids] = (await run(beat, keys, [this.id, processTtlMs, randomUUID()])) as [Buffer, readonly Buffer[]]
    return { epoch: String(epoch), processes: new Set(ids.map(String)) }
  }
}

const throwStoreUnavailable = (error: unknown): never => {
  throw createStoreUnavailableProblem(error)
}
