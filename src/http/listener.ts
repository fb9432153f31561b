import type { Server as HttpServer } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { createServer, type AddressInfo, type ListenOptions, type Server, type Socket } from 'node:net'

/**
 * From each listening socket, Node takes one connection in a turn of its event loop. Under load, when a turn is long, new clients
 * would wait in the kernel, with neither an answer nor a refusal: so there are several sockets on the one port.
 */
const socketCount = 16

/** Bounds the stop of a server that gets new connections in every turn of its event loop. */
const maxAcceptTurns = 200
/** In milliseconds. In a longer turn, connections can arrive after the event loop has looked for them. */
const maxQuietTurnMs = 1

/** What takes an HTTP server's connections. */
export class PortListener {
  readonly #server: HttpServer
  readonly #reusePort: boolean
  readonly #others: Server[] = []
  #accepted = 0

  /** @param reusePort Whether other processes may listen at the same address. The system spreads connections over them. */
  constructor(server: HttpServer, { reusePort }: { reusePort: boolean }) {
    this.#server = server
    this.#reusePort = reusePort
    server.on('connection', () => this.#accepted++)
  }

  /** Throws the system's error if the address is not free, or cannot be shared and has to be. */
  async listen(port: number, host: string): Promise<AddressInfo> {
    const address = this.#reusePort ? { port } : await this.#findFreeAddress(port, host)
    const shared = { port: address.port, host, reusePort: true }
    try {
      shared.port = (await startListening(this.#server, shared)).port
    } catch (error) {
      if (this.#reusePort) throw error
      // A system on which sockets cannot share a port.
      return startListening(this.#server, { port: address.port, host })
    }
    while (this.#others.length < socketCount - 1) {
      const other = this.#createSocket()
      await startListening(other, shared)
      other.on('error', (error) => this.#server.emit('error', error))
      this.#others.push(other)
    }
    return this.#server.address() as AddressInfo
  }

  /**
   * Accepts the connections that wait in the kernel: it would reset them when the sockets close, and a proxy that has sent a
   * mutation over one of them cannot know that nobody read it.
   */
  async acceptWaiting(): Promise<void> {
    let [before, startedAt, turns] = [0, 0, 0]
    const isQuiet = (): boolean => this.#accepted === before && performance.now() - startedAt <= maxQuietTurnMs
    // The current turn of the event loop may be past its look for new connections.
    await setImmediate()
    do {
      before = this.#accepted
      startedAt = performance.now()
      await setImmediate()
    } while (!isQuiet() && ++turns < maxAcceptTurns)
  }

  /** A socket that does not share its port is refused if another process has the address. Clients can connect to it already. */
  async #findFreeAddress(port: number, host: string): Promise<AddressInfo> {
    const probe = this.#createSocket()
    const address = await startListening(probe, { port, host })
    await this.acceptWaiting()
    probe.close()
    return address
  }

  /** A listening socket whose connections the HTTP server handles. */
  #createSocket(): Server {
    return createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
      this.#server.emit('connection', socket)
    })
  }

  /** No new connections; resolves once the last of the old ones has gone. */
  async close(): Promise<void> {
    await Promise.all([this.#server, ...this.#others].map(closeServer))
  }
}

export function formatUrl({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

export const closeServer = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

export async function startListening(server: Server, options: ListenOptions): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(options, resolve)
  await promise
  server.off('error', reject)
  return server.address() as AddressInfo
}
