import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** Times are in ms, rates in bytes per second, sizes in bytes. `toxicity` is the share of affected connections. */
export interface Toxic {
  toxicity?: number
  /** Delay before each chunk of a response. */
  latency?: number
  /** Closes connections at once. */
  down?: boolean
  bandwidth?: number
  /** Delay between the vendor's close and that of the proxy. */
  slowClose?: number
  /** Sends nothing, and closes the connection after this time. 0: never. */
  timeout?: number
  /** Resets the connection after this time. */
  resetPeer?: number
  /** Size of the chunks of a response. */
  slicer?: number
  /** Closes the connection after this number of response bytes. */
  limitData?: number
}

/** Starts a TCP proxy that injects faults into the responses of the server at `port`. */
export class ToxicProxy {
  toxic: Toxic = {}
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #random: () => number

  private constructor(port: number, random: () => number) {
    this.#random = random
    this.#server = createServer((client) => this.#join(client, port))
  }

  static async start(port: number, random: () => number = Math.random): Promise<ToxicProxy> {
    const proxy = new ToxicProxy(port, random)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(client: Socket, port: number): void {
    const toxic = this.#random() < (this.toxic.toxicity ?? 1) ? this.toxic : {}
    this.#keep(client)
    if (toxic.down) return void client.destroy()
    if (toxic.resetPeer !== undefined) later(client, toxic.resetPeer, () => client.resetAndDestroy())
    if (toxic.timeout !== undefined) {
      if (toxic.timeout > 0) later(client, toxic.timeout, () => client.destroy())
      return
    }
    const server = connect(port, '127.0.0.1')
    this.#keep(server)
    client.pipe(server)
    client.once('close', () => server.destroy())
    void spoil(server, client, toxic)
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket))
  }
}

async function spoil(server: Socket, client: Socket, toxic: Toxic): Promise<void> {
  let passed = 0
  try {
    for await (const chunk of server as AsyncIterable<Buffer>) {
      for (const piece of pieces(chunk, toxic.slicer)) {
        const pause = (toxic.latency ?? 0) + (toxic.bandwidth ? (piece.length * 1000) / toxic.bandwidth : 0)
        if (pause > 0) await new Promise<void>((resolve) => later(client, pause, resolve))
        const allowed = piece.subarray(0, (toxic.limitData ?? Infinity) - passed)
        passed += allowed.length
        client.write(allowed)
        if (allowed.length < piece.length) return void client.destroySoon()
      }
    }
  } catch {
    client.destroy()
  }
  if (toxic.slowClose) later(client, toxic.slowClose, () => client.end())
  else client.end()
}

function pieces(chunk: Buffer, size = chunk.length): Buffer[] {
  return Array.from({ length: Math.ceil(chunk.length / size) }, (_, n) => chunk.subarray(n * size, (n + 1) * size))
}

/** Also resolves when the socket closes earlier, so that the caller does not wait forever. */
function later(socket: Socket, ms: number, act: () => void): void {
  const done = (): void => {
    clearTimeout(timer)
    socket.off('close', done)
    act()
  }
  const timer = setTimeout(done, ms)
  socket.once('close', done)
}
