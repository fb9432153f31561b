import type { Socket } from 'node:net'
import { createConnect, type Connect, type ConnectOptions, type PendingConnection } from './connect.ts'
import { Client } from './undici.ts'

/** A connection to one origin, for one request at a time. */
export class Connection {
  readonly origin: string
  readonly client: Client
  readonly #isReusable: boolean
  #connecting: PendingConnection | null = null
  #socket: Socket | null = null

  constructor(origin: string, isReusable: boolean, connect: Connect, maxHeaderSize: number) {
    this.origin = origin
    this.#isReusable = isReusable
    this.client = new Client(origin, {
      connect: (options, callback) => {
        this.#connecting = connect(options, (...result) => {
          this.#connecting = null
          this.#socket = result[1]
          callback(...result)
        })
      },
      allowH2: false,
      // The transport's own timers are finer than undici's.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize,
      // 0 would send `Connection: close`. A vendor that responds while an upload is on its way would then close the
      // connection at once, and the bytes still on their way would reset it before the response is read.
      pipelining: 1,
    })
  }

  /** Whether another request can use the connection. */
  get isFree(): boolean {
    const { connected, size } = this.client.stats
    return this.#isReusable && connected && size === 0
  }

  /** Whether the operating system has taken all bytes that were written, so that their memory is free. */
  get isFlushed(): boolean {
    return this.#socket?.writableLength === 0
  }

  /** Closes the connection in any state, and fails the request that uses it. */
  async destroy(): Promise<void> {
    const closed = this.client.destroy()
    this.#connecting?.destroy()
    await closed
  }
}

/**
 * The connections to one account's vendor. A request has its connection to itself and never waits for one: the number
 * of requests at a time is limited before they come here. A connection is either released or destroyed, so that no
 * failure can use one up. undici's `Pool` does not promise that: a request that it rejects occupies its place forever.
 */
export class Connections {
  readonly #connect: Connect
  readonly #maxHeaderSize: number
  readonly #open = new Set<Connection>()
  readonly #idle = new Map<string, Connection[]>()
  #isClosed = false

  constructor(options: ConnectOptions) {
    this.#connect = createConnect(options)
    this.#maxHeaderSize = options.maxHeaderSize
  }

  /** Returns a connection for one request: an idle one if `canReuse` and there is one, else a new one. */
  acquire(origin: string, canReuse: boolean): Connection {
    if (this.#isClosed) throw new Error('The account is closed.')
    const idle = canReuse ? this.#idle.get(origin)?.pop() : undefined
    if (idle) return idle
    const connection = new Connection(origin, canReuse, this.#connect, this.#maxHeaderSize)
    this.#open.add(connection)
    connection.client.on('disconnect', () => {
      if (this.#removeIdle(connection)) this.destroy(connection)
    })
    return connection
  }

  /** Keeps a connection for reuse after its request has completed. */
  release(connection: Connection): void {
    if (this.#isClosed || !connection.isFree) return this.destroy(connection)
    const idle = this.#idle.get(connection.origin)
    if (idle) idle.push(connection)
    else this.#idle.set(connection.origin, [connection])
  }

  destroy(connection: Connection): void {
    this.#open.delete(connection)
    void connection.destroy()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#idle.clear()
    await Promise.all([...this.#open].map((connection) => connection.destroy()))
    this.#open.clear()
  }

  #removeIdle(connection: Connection): boolean {
    const idle = this.#idle.get(connection.origin) ?? []
    const index = idle.indexOf(connection)
    if (index >= 0) idle.splice(index, 1)
    return index >= 0
  }
}
