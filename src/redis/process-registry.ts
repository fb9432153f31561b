import { randomUUID } from 'node:crypto'
import type { ProcessRegistry } from '../operations/process-registry.ts'
import { createStoreUnavailableProblem, RegistryNotReadyError } from '../operations/store.ts'
import type { RedisConnection } from './connection.ts'

/** `parley:epoch` is a random value that the first process stores. If it changes, Redis has lost its data. */
const keys = ['parley:processes', 'parley:epoch']

/** Time after the last heartbeat for which a process counts as running, in milliseconds: several heartbeat intervals. */
const processTtlMs = 10_000

/** Maximum TTL of an entry, in milliseconds. Entries with a longer one do not belong to a process and are deleted. */
const maxTtlMs = 6 * processTtlMs

/** Adds the process and returns the epoch and the running processes. Uses the clock of Redis, because the clocks of the processes can differ. */
const heartbeatScript = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. (now + ${maxTtlMs}), '+inf')
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('SET', KEYS[2], ARGV[3], 'NX')
  return { redis.call('GET', KEYS[2]), redis.call('ZRANGE', KEYS[1], 0, -1) }
`

/** Process registry for processes that share a Redis database. Each process sends heartbeats. */
export class RedisProcessRegistry implements ProcessRegistry {
  readonly id = randomUUID()
  readonly #connection: () => RedisConnection
  #connectedAt = Infinity
  #epoch: string | null = null

  constructor(connection: () => RedisConnection) {
    this.#connection = connection
  }

  /** Does nothing, because every connection begins with a heartbeat. */
  async register(): Promise<void> {}

  /**
   * Returns the IDs of the running processes.
   *
   * @throws STORE_UNAVAILABLE if Redis fails, or for 10 s after a reconnect, until the other processes have sent a heartbeat.
   */
  async listAlive(): Promise<ReadonlySet<string>> {
    const { processes } = await this.#sendHeartbeat(this.#connection().evalScript).catch(throwStoreUnavailable)
    if (performance.now() < this.#connectedAt + processTtlMs)
      throw createStoreUnavailableProblem(new RegistryNotReadyError('other processes have not sent a heartbeat yet'))
    return processes
  }

  async unregister(): Promise<void> {
    await this.#connection().sendCommand('ZREM', keys[0]!, this.id).catch(throwStoreUnavailable)
  }

  /** Sends a heartbeat. Returns the number of running processes, and whether Redis has lost its data since the last heartbeat. */
  async sendHeartbeat(run: RedisConnection['evalScript']): Promise<{ count: number; isDataLost: boolean }> {
    const { epoch, processes } = await this.#sendHeartbeat(run)
    const isDataLost = this.#epoch !== null && this.#epoch !== epoch
    this.#epoch = epoch
    // The other processes have not sent a heartbeat since then.
    if (isDataLost) this.setConnected(true)
    return { count: processes.size, isDataLost }
  }

  /** Handles a change of the connection. */
  setConnected(isConnected: boolean): void {
    this.#connectedAt = isConnected ? performance.now() : Infinity
  }

  async #sendHeartbeat(run: RedisConnection['evalScript']): Promise<{ epoch: string; processes: ReadonlySet<string> }> {
    const [epoch, ids] = (await run(heartbeatScript, keys, [this.id, processTtlMs, randomUUID()])) as [
      Buffer,
      readonly Buffer[],
    ]
    return { epoch: String(epoch), processes: new Set(ids.map(String)) }
  }
}

const throwStoreUnavailable = (error: unknown): never => {
  throw createStoreUnavailableProblem(error)
}
