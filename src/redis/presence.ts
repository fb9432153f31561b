import { randomUUID } from 'node:crypto'
import type { Presence } from '../operations/presence.ts'
import { storeUnavailable, TooEarly } from '../operations/store.ts'
import type { Connection, Reply } from './connection.ts'

const key = 'parley:processes'

/** How long in ms a process that says nothing is taken to live; several times the pause between what it says. */
const life = 10_000

/** An entry that claims to live for longer than this is none of a process. */
const maxLife = 6 * life

/** By the clock of Redis, so that those of the processes need not agree. Gives the others first of all. */
const beat = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. (now + ${maxLife}), '+inf')
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  return redis.call('ZRANGE', KEYS[1], 0, -1)
`

/** For processes that share a Redis: each has to say again and again that it lives. */
export class RedisPresence implements Presence {
  readonly id = randomUUID()
  readonly #connection: () => Connection
  #since = Infinity

  constructor(connection: () => Connection) {
    this.#connection = connection
  }

  /** Done with every beat: what is written down is written over a connection that has begun with one. */
  async join(): Promise<void> {}

  /** After an interruption the others are given the time to say so: until then it cannot be told who lives. */
  async living(): Promise<ReadonlySet<string>> {
    const reply = await this.#connection().run(beat, [key], [this.id, life]).catch(fail)
    if (performance.now() < this.#since + life) throw storeUnavailable(new TooEarly('too early to tell who lives'))
    return idsOf(reply)
  }

  async leave(): Promise<void> {
    await this.#connection().command('ZREM', key, this.id).catch(fail)
  }

  /** Gives how many processes live. */
  async beat(run: Connection['run']): Promise<number> {
    return idsOf(await run(beat, [key], [this.id, life])).size
  }

  /** The connection has come up, or gone down. */
  changed(up: boolean): void {
    this.#since = up ? performance.now() : Infinity
  }
}

const idsOf = (reply: Reply): ReadonlySet<string> => new Set((reply as readonly Buffer[]).map(String))

const fail = (error: unknown): never => {
  throw storeUnavailable(error)
}
