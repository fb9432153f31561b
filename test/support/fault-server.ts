import { createHash } from 'node:crypto'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certificate } from './certificates.ts'
import { parseRequest, serialise, type ScriptedResponse, type VendorRequest } from './raw-http.ts'

/** A request for which a fault is injected. */
export interface Exchange {
  socket: Socket
  request: VendorRequest
  /** Response of the vendor. Empty if the fault is injected before the vendor processes the request. */
  response: ScriptedResponse
}

export interface Fault {
  /** Matches `METHOD /path?query`. Default: every request. */
  match?: RegExp
  /** Number of the first affected request, from 1, and the number of affected requests. Default: all from the first. */
  nth?: number
  times?: number
  /** Whether the vendor processes the request before the fault. Default: false. */
  applied?: boolean
  kind(exchange: Exchange): void
}

/** A fault of a connection, before its first byte. */
export interface ConnectionFault {
  nth?: number
  times?: number
  kind(socket: Socket): void
}

export interface Ledger {
  connects: number
  requests: { method: string; path: string; headerNames: string[]; bodySha256: string; at: number }[]
  /** Effects that the handler of the vendor reported. */
  effects: string[]
}

export interface FaultServerOptions {
  /** Processes requests without a fault. */
  respond(request: VendorRequest): ScriptedResponse | Promise<ScriptedResponse>
  tls?: Certificate
}

/** A vendor that sends raw bytes on a free loopback port, with a script of faults and a ledger. */
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

  /** Accepts connections. After `stopListening`, uses the same port again. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (this.#server.address() as AddressInfo).port
  }
  /** Refuses connections. */
  async stopListening(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }
  close(): Promise<void> {
    return this.stopListening()
  }
  /** Resolves when all connections are closed. */
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
    let buffer = Buffer.alloc(0)
    let length = 0
    socket.on('data', (chunk: Buffer) => {
      // Doubled, because a copy of everything with each chunk takes seconds for a large file.
      if (length + chunk.length > buffer.length) buffer = Buffer.concat([buffer], 2 * (length + chunk.length))
      length += chunk.copy(buffer, length)
      const parsed = parseRequest(buffer.subarray(0, length))
      if (!parsed) return
      buffer = buffer.subarray(parsed.length)
      length -= parsed.length
      void this.#take(socket, parsed.request)
    })
  }

  async #take(socket: Socket, request: VendorRequest): Promise<void> {
    const { method, path, headers, body } = request
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    this.ledger.requests.push({ method, path, headerNames: Object.keys(headers), bodySha256, at: Date.now() })
    const fault = due(this.#faults, ({ match }) => !match || match.test(`${method} ${path}`))
    if (fault && !fault.applied) return fault.kind({ socket, request, response: {} })
    const response = await this.#options.respond(request)
    if (response.effect !== undefined) this.ledger.effects.push(response.effect)
    if (fault) return fault.kind({ socket, request, response })
    socket.write(serialise(response))
    if (headers['connection'] === 'close') socket.end()
  }
}

/** Returns the first fault for this request. Counts the request for every fault that matches. */
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
