import type { Server as HttpServer } from 'node:http'
import { createServer, type AddressInfo, type ListenOptions, type Server, type Socket } from 'node:net'

/**
 * From each listening socket, Node takes one connection in a turn of its event loop. Under load, when a turn is long, new clients
 * would wait in the kernel, with neither an answer nor a refusal: so there are several sockets on the one port.
 */
const sockets = 16

/** What takes an HTTP server's connections. */
export class Listener {
  readonly #server: HttpServer
  readonly #others: Server[] = []

  constructor(server: HttpServer) {
    this.#server = server
  }

  /** Throws where the address is not free. */
  async listen(port: number, host: string): Promise<AddressInfo> {
    const probe = createServer()
    const address = await listening(probe, { port, host })
    await closed(probe)
    const shared = { port: address.port, host, reusePort: true }
    try {
      await listening(this.#server, shared)
    } catch {
      // A system on which sockets cannot share a port.
      return listening(this.#server, { port: address.port, host })
    }
    while (this.#others.length < sockets - 1) {
      const other = createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) => {
        this.#server.emit('connection', socket)
      })
      await listening(other, shared)
      other.on('error', (error) => this.#server.emit('error', error))
      this.#others.push(other)
    }
    return address
  }

  /** No new connections; resolves once the last of the old ones has gone. */
  async close(): Promise<void> {
    await Promise.all([this.#server, ...this.#others].map(closed))
  }
}

export function formatUrl({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

export const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

export async function listening(server: Server, options: ListenOptions): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(options, resolve)
  await promise
  server.off('error', reject)
  return server.address() as AddressInfo
}
