import type { Socket } from 'node:net'
import { createConnect, type Connect, type ConnectOptions, type PendingConnection } from './connect.ts'
import { Client } from './undici.ts'

/** A connection to one origin, used by one request at a time. */
export class VendorConnection {
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
      // `Attempt` has timers of its own, which are more precise than undici's.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize,
      // 0 would send `Connection: close`. A vendor that responds during an upload would then close the connection at
      // once, and the remaining bytes would reset it before the response is read.
      pipelining: 1,
    })
  }

  /** Whether another request can use the connection. */
  get isFree(): boolean {
    const { connected, size } = this.client.stats
    return this.#isReusable && connected && size === 0
  }

  /** Whether all written bytes have been passed to the operating system, so that their memory is no longer used. */
  get isFlushed(): boolean {
    return this.#socket?.writableLength === 0
  }

  /** Closes the connection in any state. The request that uses it fails. */
  async destroy(): Promise<void> {
    const closed = this.client.destroy()
    this.#connecting?.destroy()
    await closed
  }
}

/**
 * Connections to one account's vendor. A request never shares a connection and never waits for one: `ResiliencePolicy`
 * limits the number of requests. Every connection must be released or destroyed after its request, so that failures
 * cannot use up connections. undici's `Pool` does not guarantee that: a request that it rejects occupies its slot forever.
 */
export class Connections {
  readonly #connect: Connect
  readonly #maxHeaderSize: number
  readonly #open = new Set<VendorConnection>()
  readonly #idle = new Map<string, VendorConnection[]>()
  #isClosed = false

  constructor(options: ConnectOptions) {
    this.#connect = createConnect(options)
    this.#maxHeaderSize = options.maxHeaderSize
  }

  /** Returns an idle connection if `canReuse` is true and one exists. Otherwise creates one. */
  acquire(origin: string, canReuse: boolean): VendorConnection {
    if (this.#isClosed) throw new Error('The account is closed.')
    const idle = canReuse ? this.#idle.get(origin)?.pop() : undefined
    if (idle) return idle
    const connection = new VendorConnection(origin, canReuse, this.#connect, this.#maxHeaderSize)
    this.#open.add(connection)
    connection.client.on('disconnect', () => {
      if (this.#removeIdle(connection)) this.destroy(connection)
    })
    return connection
  }

  /** Keeps a connection for reuse after its request has completed. */
  release(connection: VendorConnection): void {
    if (this.#isClosed || !connection.isFree) return this.destroy(connection)
    const idle = this.#idle.get(connection.origin)
    if (idle) idle.push(connection)
    else this.#idle.set(connection.origin, [connection])
  }

  destroy(connection: VendorConnection): void {
    this.#open.delete(connection)
    void connection.destroy()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#idle.clear()
    await Promise.all([...this.#open].map((connection) => connection.destroy()))
    this.#open.clear()
  }

  #removeIdle(connection: VendorConnection): boolean {
    const idle = this.#idle.get(connection.origin) ?? []
    const index = idle.indexOf(connection)
    if (index >= 0) idle.splice(index, 1)
    return index >= 0
  }
}
