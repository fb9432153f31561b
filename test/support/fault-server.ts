import { createHash } from 'node:crypto'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certificate } from './certificates.ts'
import { parseRequest, serialise, type VendorAnswer, type VendorRequest } from './raw-http.ts'

/** One request as it is being answered wrongly. */
export interface Exchange {
  socket: Socket
  request: VendorRequest
  /** What the vendor would have said; an empty object where the fault comes before it did anything. */
  answer: VendorAnswer
}

export interface Fault {
  /** Against `METHOD /path?query`; default every request. */
  match?: RegExp
  /** The first of the matching requests that it hits, from 1, and how many it hits; default all from the first. */
  nth?: number
  times?: number
  /** The vendor does what it was asked before the fault strikes; default it does not. */
  applied?: boolean
  kind(exchange: Exchange): void
}

/** Like a fault, for a connection before its first byte. */
export interface ConnectionFault {
  nth?: number
  times?: number
  kind(socket: Socket): void
}

export interface Ledger {
  connects: number
  requests: { method: string; path: string; headerNames: string[]; bodySha256: string; at: number }[]
  /** What the vendor did, in its handler's words. */
  effects: string[]
}

export interface FaultServerOptions {
  /** The vendor in good health. */
  answer(request: VendorRequest): VendorAnswer | Promise<VendorAnswer>
  tls?: Certificate
}

/** A vendor of raw bytes on a free loopback port, with a script of faults and a ledger. */
export class FaultServer {
  readonly ledger: Ledger = { connects: 0, requests: [], effects: [] }
  readonly #options: FaultServerOptions
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #faults: { fault: Fault; met: number }[] = []
  readonly #connectionFaults: { fault: ConnectionFault; met: number }[] = []
  #port = 0

  private constructor(options: FaultServerOptions) {
    this.#options = options
    const serve = (socket: Socket): void => this.#serve(socket)
    this.#server = options.tls ? createTlsServer(options.tls, serve) : createServer(serve)
    this.#server.on('connection', (socket: Socket) => this.#connected(socket))
    this.#server.on('tlsClientError', () => undefined)
  }

  static async start(options: FaultServerOptions): Promise<FaultServer> {
    const server = new FaultServer(options)
    await server.listen()
    return server
  }

  get port(): number {
    return this.#port
  }
  get url(): string {
    return `${this.#options.tls ? 'https' : 'http'}://127.0.0.1:${this.#port}`
  }
  get openSockets(): number {
    return this.#sockets.size
  }

  script(...faults: Fault[]): this {
    this.#faults.push(...faults.map((fault) => ({ fault, met: 0 })))
    return this
  }
  clearScript(): void {
    this.#faults.length = 0
    this.#connectionFaults.length = 0
  }
  scriptConnections(...faults: ConnectionFault[]): this {
    this.#connectionFaults.push(...faults.map((fault) => ({ fault, met: 0 })))
    return this
  }

  /** Takes connections, after `refuse` on the port it had before. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (this.#server.address() as AddressInfo).port
  }
  /** Lets connections be refused. */
  async refuse(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }
  close(): Promise<void> {
    return this.refuse()
  }
  /** Resolves once every connection has gone. */
  async idle(): Promise<void> {
    await Promise.all([...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
  }

  #connected(socket: Socket): void {
    this.ledger.connects++
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined)
    if (this.#options.tls) due(this.#connectionFaults, () => true)?.kind(socket)
  }

  #serve(socket: Socket): void {
    socket.on('error', () => undefined)
    const fault = this.#options.tls ? undefined : due(this.#connectionFaults, () => true)
    if (fault) return fault.kind(socket.resume())
    let bytes: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const parsed = parseRequest(bytes)
      if (!parsed) return
      bytes = bytes.subarray(parsed.length)
      void this.#take(socket, parsed.request)
    })
  }

  async #take(socket: Socket, request: VendorRequest): Promise<void> {
    const { method, path, headers, body } = request
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    this.ledger.requests.push({ method, path, headerNames: Object.keys(headers), bodySha256, at: Date.now() })
    const fault = due(this.#faults, ({ match }) => !match || match.test(`${method} ${path}`))
    if (fault && !fault.applied) return fault.kind({ socket, request, answer: {} })
    const answer = await this.#options.answer(request)
    if (answer.effect !== undefined) this.ledger.effects.push(answer.effect)
    if (fault) return fault.kind({ socket, request, answer })
    socket.write(serialise(answer))
    if (headers['connection'] === 'close') socket.end()
  }
}

/** The first fault that strikes now; every one that fits counts this time. */
function due<F extends { nth?: number; times?: number }>(
  script: { fault: F; met: number }[],
  fits: (fault: F) => boolean,
): F | undefined {
  let struck: F | undefined
  for (const entry of script) {
    if (!fits(entry.fault)) continue
    const number = ++entry.met
    const first = entry.fault.nth ?? 1
    if (number >= first && number < first + (entry.fault.times ?? Infinity)) struck ??= entry.fault
  }
  return struck
}
