import type { Server as HttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { closeServer, startListening } from './listener.ts'

/**
 * Listens on a separate address for `/metrics`. The HTTP server of the API handles the connections, so that they have
 * the same limits.
 */
export class MetricsListener {
  readonly #httpServer: HttpServer
  readonly #server: Server
  readonly #sockets = new WeakSet<Socket>()

  constructor(httpServer: HttpServer) {
    this.#httpServer = httpServer
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#sockets.add(socket)
      httpServer.emit('connection', socket)
    })
  }

  /**
   * Starts to listen.
   *
   * @throws Error of the operating system if the address is in use.
   */
  async listen(port: number, host: string): Promise<AddressInfo> {
    const address = await startListening(this.#server, { port, host })
    this.#server.on('error', (error) => this.#httpServer.emit('error', error))
    return address
  }

  /** Whether a connection was opened to this address. */
  has(socket: Socket): boolean {
    return this.#sockets.has(socket)
  }

  /** Stops listening. Resolves when the last connection has ended. */
  close(): Promise<void> {
    return closeServer(this.#server)
  }
}
