import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ByteBudget, Reservation } from '../../core/byte-budget.ts'
import type { CutReason } from './cut-connections.ts'
import { stopParsing } from '../request/stop-parsing.ts'

/** Requests that a connection can send ahead of the response in progress. */
const maxWaitingRequests = 64
/** What a request takes while it waits, its headers included. */
const waitingRequestBytes = 8 * 1024

interface Connection {
  isAuthenticated: boolean
  /** The response in progress. */
  response: ServerResponse | null
  /** Start the requests behind it. */
  waiting: (() => void)[]
  /** Holds what waits. */
  memory: Reservation
}

/**
 * The open connections. If there are too many, the oldest one without valid credentials is closed for a new one, then
 * the one that has been idle for the longest time, so that a client that opens many of them keeps nobody out. The
 * requests of one connection run one after the other; one that sends too many ahead is closed.
 */
export class ClientConnections {
  readonly #max: number
  readonly #budget: ByteBudget
  readonly #onCut: (reason: CutReason, socket: Socket) => void
  readonly #open = new Map<Socket, Connection>()
  /** Without valid credentials so far, the oldest first. */
  readonly #strangers = new Set<Socket>()
  /** With valid credentials and without a request in progress, the one that is idle for the longest time first. */
  readonly #idle = new Set<Socket>()

  /** `onCut` is called for every connection before it is closed here. */
  constructor(max: number, budget: ByteBudget, onCut: (reason: CutReason, socket: Socket) => void) {
    this.#max = max
    this.#budget = budget
    this.#onCut = onCut
  }

  get size(): number {
    return this.#open.size
  }

  add(socket: Socket): void {
    if (this.#open.size >= this.#max) {
      const [oldest = socket] = this.#strangers.size > 0 ? this.#strangers : this.#idle
      this.#onCut('too_many_connections', oldest)
      oldest.destroy()
      // The event comes later, and other connections may come before it.
      this.#remove(oldest)
      if (oldest === socket) return
    }
    this.#open.set(socket, { isAuthenticated: false, response: null, waiting: [], memory: this.#budget.reserve('') })
    this.#strangers.add(socket)
    socket.once('close', () => this.#remove(socket))
  }

  /** Calls `answer` when the requests before it on the same connection have been answered. */
  begin(socket: Socket, response: ServerResponse, answer: () => void): void {
    const connection = this.#open.get(socket)
    if (!connection) return stopParsing(socket)
    const start = (): void => {
      connection.response = response
      this.#idle.delete(socket)
      response.once('close', () => this.#end(socket, connection))
      answer()
    }
    if (connection.response === null) return start()
    const count = connection.waiting.push(start)
    if (count <= maxWaitingRequests && connection.memory.resize(count * waitingRequestBytes)) return
    this.#onCut('pipelining', socket)
    socket.resetAndDestroy()
    stopParsing(socket)
    this.#remove(socket)
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
    return this.#open.get(socket)?.response?.headersSent === true
  }

  #end(socket: Socket, connection: Connection): void {
    if (!this.#open.has(socket)) return
    const next = connection.waiting.shift()
    // Other connections come first, so that one that sends many requests at once does not hold up the rest.
    if (next) setImmediate(next)
    else {
      connection.response = null
      if (connection.isAuthenticated) this.#idle.add(socket)
    }
    connection.memory.resize(connection.waiting.length * waitingRequestBytes)
  }

  #remove(socket: Socket): void {
    this.#open.get(socket)?.memory.release()
    this.#open.delete(socket)
    this.#strangers.delete(socket)
    this.#idle.delete(socket)
  }
}
