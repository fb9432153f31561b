import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ByteBudget, Reservation } from '../../core/byte-budget.ts'
import type { CutReason } from './cut-connections.ts'
import { stopParsing } from '../request/stop-parsing.ts'

/** Number of requests that can wait on a connection while a response is in progress. */
const maxWaitingRequests = 64
/** Memory of a waiting request, with its headers. */
const waitingRequestBytes = 8 * 1024

interface Connection {
  isAuthenticated: boolean
  /** Whether its response is an event stream. No later request gets a response. */
  isStreaming: boolean
  /** The response in progress. */
  response: ServerResponse | null
  /** Functions that start the waiting requests, in their order. */
  waiting: (() => void)[]
  /** Reserves the memory of the waiting requests. */
  memory: Reservation
}

/**
 * Tracks the open client connections. If a new connection exceeds the limit, the oldest connection without valid
 * credentials is closed, or else the connection that has been idle for the longest time, or else the new connection. So
 * a client that opens many connections cannot keep other clients out. The requests of one connection run one at a time.
 * A connection with too many waiting requests is closed.
 */
export class ClientConnections {
  readonly #max: number
  readonly #budget: ByteBudget
  readonly #onCut: (reason: CutReason, socket: Socket) => void
  readonly #open = new Map<Socket, Connection>()
  /** Connections without valid credentials so far, the oldest first. */
  readonly #unauthenticated = new Set<Socket>()
  /** Authenticated connections without a request in progress, the longest idle first. */
  readonly #idle = new Set<Socket>()
  #streaming = 0

  /**
   * @param max Number of connections.
   * @param onCut Called before a connection is closed.
   */
  constructor(max: number, budget: ByteBudget, onCut: (reason: CutReason, socket: Socket) => void) {
    this.#max = max
    this.#budget = budget
    this.#onCut = onCut
  }

  get size(): number {
    return this.#open.size
  }

  add(socket: Socket): void {
    if (this.#open.size - this.#streaming >= this.#max) {
      const [oldest = socket] = this.#unauthenticated.size > 0 ? this.#unauthenticated : this.#idle
      this.#onCut('too_many_connections', oldest)
      oldest.destroy()
      // The event `close` comes later, and other connections can come before it.
      this.#remove(oldest)
      if (oldest === socket) return
    }
    const memory = this.#budget.reserve('')
    this.#open.set(socket, { isAuthenticated: false, isStreaming: false, response: null, waiting: [], memory })
    this.#unauthenticated.add(socket)
    socket.on('close', () => this.#remove(socket))
  }

  /** Calls `handle` when the responses to the earlier requests of the connection have been sent. */
  begin(socket: Socket, response: ServerResponse, handle: () => void): void {
    const connection = this.#open.get(socket)
    if (!connection) return stopParsing(socket)
    if (connection.response === null) return this.#start(socket, connection, response, handle)
    const count = connection.waiting.push(() => this.#start(socket, connection, response, handle))
    if (count <= maxWaitingRequests && connection.memory.resize(count * waitingRequestBytes)) return
    this.#onCut('pipelining', socket)
    socket.resetAndDestroy()
    stopParsing(socket)
    this.#remove(socket)
  }

  #start(socket: Socket, connection: Connection, response: ServerResponse, handle: () => void): void {
    connection.response = response
    this.#idle.delete(socket)
    response.on('close', () => this.#end(socket, connection))
    handle()
  }

  /** Marks a connection over which a request with valid credentials came. */
  authenticate(socket: Socket): void {
    const connection = this.#open.get(socket)
    if (!connection) return
    connection.isAuthenticated = true
    this.#unauthenticated.delete(socket)
  }

  /** Marks a connection whose response is an event stream. It no longer counts toward the limit of connections. */
  markStreaming(socket: Socket): void {
    const connection = this.#open.get(socket)
    if (!connection) return
    connection.isStreaming = true
    this.#streaming++
  }

  /** Whether the connection has a response of which a part was sent. */
  hasBegunResponse(socket: Socket): boolean {
    return this.#open.get(socket)?.response?.headersSent === true
  }

  /** Closes the connections over which nothing has been received. */
  closeUnused(): void {
    for (const socket of this.#open.keys()) if (socket.bytesRead === 0) socket.destroy()
  }

  #end(socket: Socket, connection: Connection): void {
    if (!this.#open.has(socket) || connection.isStreaming) return
    const next = connection.waiting.shift()
    // Requests of other connections run first, so that a connection with many requests does not delay them.
    if (next) setImmediate(next)
    else {
      connection.response = null
      if (connection.isAuthenticated) this.#idle.add(socket)
    }
    connection.memory.resize(connection.waiting.length * waitingRequestBytes)
  }

  #remove(socket: Socket): void {
    const connection = this.#open.get(socket)
    if (!connection) return
    if (connection.isStreaming) this.#streaming--
    connection.memory.release()
    this.#open.delete(socket)
    this.#unauthenticated.delete(socket)
    this.#idle.delete(socket)
  }
}
