import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

interface Connection {
  isAuthenticated: boolean
  responses: Set<ServerResponse>
}

/**
 * The open connections. If there are too many, the oldest one without valid credentials is closed for a new one, then
 * the one that has been idle for the longest time, so that a client that opens many of them keeps nobody out.
 */
export class ClientConnections {
  readonly #max: number
  readonly #onCut: () => void
  readonly #open = new Map<Socket, Connection>()
  /** Without valid credentials so far, the oldest first. */
  readonly #strangers = new Set<Socket>()
  /** With valid credentials and without a request in progress, the one that is idle for the longest time first. */
  readonly #idle = new Set<Socket>()

  /** `onCut` is called for every connection that is closed because there are too many. */
  constructor(max: number, onCut: () => void) {
    this.#max = max
    this.#onCut = onCut
  }

  get size(): number {
    return this.#open.size
  }

  add(socket: Socket): void {
    if (this.#open.size >= this.#max) {
      const [oldest = socket] = this.#strangers.size > 0 ? this.#strangers : this.#idle
      this.#onCut()
      oldest.destroy()
      // The event comes later, and other connections may come before it.
      this.#remove(oldest)
      if (oldest === socket) return
    }
    this.#open.set(socket, { isAuthenticated: false, responses: new Set() })
    this.#strangers.add(socket)
    socket.once('close', () => this.#remove(socket))
  }

  /** A request has come in over the connection. */
  begin(socket: Socket, response: ServerResponse): void {
    const connection = this.#open.get(socket)
    if (!connection) return
    connection.responses.add(response)
    this.#idle.delete(socket)
    response.once('close', () => {
      connection.responses.delete(response)
      if (connection.isAuthenticated && connection.responses.size === 0 && this.#open.has(socket))
        this.#idle.add(socket)
    })
  }

  /** A request over the connection had valid credentials. */
  authenticate(socket: Socket): void {
    const connection = this.#open.get(socket)
    if (!connection) return
    connection.isAuthenticated = true
    this.#strangers.delete(socket)
  }

  /** Whether a response over the connection has begun and has not ended. */
  hasBegunResponse(socket: Socket): boolean {
    return [...(this.#open.get(socket)?.responses ?? [])].some(({ headersSent }) => headersSent)
  }

  #remove(socket: Socket): void {
    const connection = this.#open.get(socket)
    this.#open.delete(socket)
    this.#strangers.delete(socket)
    this.#idle.delete(socket)
    // Node tells only the first of several pipelined responses that the connection is closed.
    setImmediate(() => {
      for (const response of connection?.responses ?? []) if (!response.closed) response.emit('close')
    })
  }
}
