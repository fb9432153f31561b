import type { Server as HttpServer } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { createServer, type AddressInfo, type ListenOptions, type Server, type Socket } from 'node:net'

/**
 * Number of listening sockets on the port. Node accepts one connection of each socket in a turn of its event loop.
 * Under load, turns are long, and with one socket, new clients would wait in the kernel without a response.
 */
const socketCount = 16

/** Maximum number of turns for which a stop waits for new connections. */
const maxAcceptTurns = 200
/**
 * Maximum duration of a turn without new connections. In a longer turn, connections can arrive after the event loop has
 * checked for them.
 */
const maxQuietTurnMs = 1

/** Listens on a port for the connections of an HTTP server. */
export class PortListener {
  readonly #server: HttpServer
  readonly #reusePort: boolean
  readonly #extraSockets: Server[] = []
  #accepted = 0

  /**
   * @param reusePort Whether other processes can listen on the same address. The operating system distributes
   * connections among them.
   */
  constructor(server: HttpServer, { reusePort }: { reusePort: boolean }) {
    this.#server = server
    this.#reusePort = reusePort
    server.on('connection', () => this.#accepted++)
  }

  /**
   * Starts to listen.
   *
   * @throws Error of the operating system if the address is in use, or if it cannot be shared although `reusePort` is
   * true.
   */
  async listen(port: number, host: string): Promise<AddressInfo> {
    const address = this.#reusePort ? { port } : await this.#findFreeAddress(port, host)
    const shared = { port: address.port, host, reusePort: true }
    try {
      shared.port = (await startListening(this.#server, shared)).port
    } catch (error) {
      if (this.#reusePort) throw error
      // Sockets cannot share a port on this operating system.
      return startListening(this.#server, { port: address.port, host })
    }
    while (this.#extraSockets.length < socketCount - 1) {
      const socket = this.#createSocket()
      await startListening(socket, shared)
      socket.on('error', (error) => this.#server.emit('error', error))
      this.#extraSockets.push(socket)
    }
    return this.#server.address() as AddressInfo
  }

  /**
   * Accepts the connections that wait in the kernel. It would reset them when the sockets close, and a proxy that has
   * sent a mutation over one of them could not know whether the mutation was executed.
   */
  async acceptWaiting(): Promise<void> {
    let [before, startedAt, turns] = [0, 0, 0]
    const isQuiet = (): boolean => this.#accepted === before && performance.now() - startedAt <= maxQuietTurnMs
    // The current turn of the event loop might have checked for new connections before.
    await setImmediate()
    do {
      before = this.#accepted
      startedAt = performance.now()
      await setImmediate()
    } while (!isQuiet() && ++turns < maxAcceptTurns)
  }

  /** Tests with an exclusive socket that no other process uses the address. Clients can already connect to that socket. */
  async #findFreeAddress(port: number, host: string): Promise<AddressInfo> {
    const probe = this.#createSocket()
    const address = await startListening(probe, { port, host })
    await this.acceptWaiting()
    probe.close()
    return address
  }

  /** Creates a socket whose connections the HTTP server handles. */
  #createSocket(): Server {
    return createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
      this.#server.emit('connection', socket)
    })
  }

  /** Stops accepting connections. Resolves when the last connection has ended. */
  async close(): Promise<void> {
    await Promise.all([this.#server, ...this.#extraSockets].map(closeServer))
  }
}

export function formatUrl({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** Stops accepting connections. Resolves when the last connection has ended. */
export const closeServer = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

/**
 * Starts to listen.
 *
 * @throws Error of the operating system.
 */
export async function startListening(server: Server, options: ListenOptions): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(options, resolve)
  await promise
  server.off('error', reject)
  return server.address() as AddressInfo
}
