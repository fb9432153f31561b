import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { bufferResponse } from './buffered-response.ts'
import { isLocalRequest } from './local-request.ts'
import { Upgrades, type UpgradeHandler } from './upgrades.ts'

/** Hono app whose handlers can also use the request and response of Node. */
export type SandboxApp = Hono<{ Bindings: HttpBindings }>

/** A request that the sandbox received. Header values and bodies are not stored; the body is hashed. */
export interface LedgerEntry {
  at: number
  method: string
  /** Path as it was sent (percent-encoded), without the query. */
  path: string
  query: string
  headerNames: string[]
  /** SHA-256 of the received bytes, in lower-case hexadecimal. */
  bodySha256: string
  bodyBytes: number
  /** HTTP status of the response. Null if a fault closed the connection. */
  status: number | null
}

/** A change that a request made at the sandbox. */
export interface Effect {
  at: number
  /** Kind of the change, such as `createConference` or `uploadFile`. */
  kind: string
  id: string
  detail?: unknown
}

/**
 * A fault that the sandbox injects into matching requests.
 *
 * - `status`, `body`: responds with `status`, `headers`, and `body`.
 * - `delay`: processes the request after `ms`.
 * - `reset`: resets the connection.
 * - `cut`: closes the connection in the middle of the response body.
 */
export interface Fault {
  match: { method?: string; path?: RegExp }
  kind: 'status' | 'delay' | 'reset' | 'cut' | 'body'
  /** Number of requests with the fault. Default: until the fault is cleared. */
  times?: number
  /** Status of the response. Default: 500. */
  status?: number
  headers?: Record<string, string>
  body?: string
  /** Delay in milliseconds. Default: 1,000. */
  ms?: number
  /** Whether the sandbox processes the request before the fault, so that only the response is affected. Default: false. */
  apply?: boolean
}

/** A running sandbox, with the requests that it received, their effects, and its faults. */
export interface Sandbox {
  /** Origin, such as `http://127.0.0.1:4010`, without a slash at the end. */
  url: string
  ledger: LedgerEntry[]
  effects: Effect[]
  /** Injects a fault. Returns a function that removes it. */
  fault(fault: Fault): () => void
  clearFaults(): void
  close(): Promise<void>
}

export interface SandboxOptions {
  /** 0 selects a free port. Default: 0. */
  port?: number
  /** Returns the time of the sandbox, in milliseconds since the epoch. Default: the system time. */
  now?: () => number
  /** Returns the delay of each response, in milliseconds. Default: 0. */
  latency?: () => number
  /** Called before each request. Either calls `serve`, which processes the request, or sends its own response. */
  before?: (request: IncomingMessage, response: ServerResponse, serve: () => void) => void
}

/** Parts from which the sandbox of a vendor is built. */
export interface SandboxKit {
  app: SandboxApp
  now: () => number
  /** Serves what only the sandbox has, below `/__sandbox`. Its requests are not recorded. */
  control: Hono
  /** Records an effect. */
  effect(kind: string, id: string, detail?: unknown): void
  /** Serves WebSockets at a path. */
  onUpgrade(path: string, handler: UpgradeHandler): void
}

/**
 * Serves the routes that `build` adds on a loopback port. Records requests and injects faults.
 *
 * Besides the paths of the vendor, the sandbox has `GET /__sandbox/ledger`, `GET /__sandbox/effects`,
 * `POST /__sandbox/faults` (a `Fault` with `match.path` as a string), and `DELETE /__sandbox/faults`.
 */
export async function serveSandbox(build: (kit: SandboxKit) => void, options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now
  const ledger: LedgerEntry[] = []
  const effects: Effect[] = []
  const faults = new Set<Fault>()
  const addFault = (fault: Fault): (() => void) => {
    const own = { ...fault }
    faults.add(own)
    return () => void faults.delete(own)
  }
  const app: SandboxApp = new Hono()
  const control = createControlApp(ledger, effects, faults, addFault)
  const upgrades = new Upgrades()
  build({
    app,
    control,
    now,
    effect: (kind, id, detail) => void effects.push({ at: now(), kind, id, detail }),
    onUpgrade: (path, handler) => upgrades.add(path, handler),
  })
  const listener = getRequestListener((request, bindings) => app.fetch(request, bindings as HttpBindings), {
    overrideGlobalObjects: false,
  })
  const controlListener = getRequestListener(control.fetch, { overrideGlobalObjects: false })

  const serverOptions = { shouldUpgradeCallback: upgrades.accepts }
  const server = createServer(serverOptions, (request, response) => {
    if (!isLocalRequest(request)) return rejectForeign(response)
    if (request.url?.startsWith('/__sandbox/')) return void controlListener(request, response)
    recordRequest(request, response, ledger, now)
    // Clients compute their clock skew from this header, so it must have the time of the sandbox, not of the machine.
    response.setHeader('date', new Date(now()).toUTCString())
    const fault = takeFault(faults, request)
    if (fault) return void applyFault(fault, request, response, listener)
    const serve = (): void => void listener(request, response)
    if (options.before) return options.before(request, response, serve)
    const wait = options.latency?.() ?? 0
    if (wait > 0) setTimeout(serve, wait)
    else serve()
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const response = upgrades.createResponse(request, socket)
    if (!isLocalRequest(request)) return rejectForeign(response)
    const entry = recordRequest(request, response, ledger, now)
    const serve = async (): Promise<void> => {
      entry.status = 101
      upgrades.serve(request, response, head)
    }
    const fault = takeFault(faults, request)
    void (fault ? applyFault(fault, request, response, serve) : serve())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    ledger,
    effects,
    fault: addFault,
    clearFaults: () => faults.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        upgrades.close()
      }),
  }
}

/** Without this check, a website could read the sandbox with its tokens, and change it. */
function rejectForeign(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  response.end('The sandbox accepts only requests whose "Host" and "Origin" name this machine, such as localhost.\n')
}

function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  ledger: LedgerEntry[],
  now: () => number,
): LedgerEntry {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const entry: LedgerEntry = {
    at: now(),
    method: request.method ?? '',
    path,
    query,
    headerNames: Object.keys(request.headers),
    bodySha256: '',
    bodyBytes: 0,
    status: null,
  }
  ledger.push(entry)
  const hash = createHash('sha256')
  // The bytes are hashed when Node adds them to the stream's buffer, so that handlers can read the stream in any way.
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk) {
      hash.update(chunk)
      entry.bodyBytes += chunk.length
    } else entry.bodySha256 = hash.digest('hex')
    return push(chunk, encoding)
  }
  response.once('finish', () => void (entry.status = response.statusCode))
  return entry
}

function takeFault(faults: Set<Fault>, request: IncomingMessage): Fault | undefined {
  for (const fault of faults) {
    if (fault.match.method && fault.match.method !== request.method) continue
    if (fault.match.path && !fault.match.path.test(request.url ?? '')) continue
    if (fault.times !== undefined && --fault.times <= 0) faults.delete(fault)
    return fault
  }
  return undefined
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

async function applyFault(fault: Fault, request: IncomingMessage, response: ServerResponse, listener: RequestHandler) {
  if (fault.kind === 'delay') {
    setTimeout(() => void listener(request, response), fault.ms ?? 1000)
    return
  }
  if (fault.apply) {
    if (fault.kind === 'cut') return void truncateResponse(request, response, listener)
    await applyAndDiscardResponse(request, response, listener)
  }
  if (fault.kind === 'reset') {
    request.socket.resetAndDestroy()
  } else if (fault.kind === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"cut":')
    setTimeout(() => request.socket.destroy(), 20)
  } else {
    request.resume()
    response.writeHead(fault.status ?? 500, { 'content-type': 'application/json', ...fault.headers })
    response.end(fault.body ?? '')
  }
}

/** Processes the request and discards the response. */
async function applyAndDiscardResponse(
  request: IncomingMessage,
  response: ServerResponse,
  listener: RequestHandler,
): Promise<void> {
  const discarding = new Proxy(response, {
    get(target, name) {
      if (name === 'writeHead' || name === 'setHeader' || name === 'flushHeaders') return () => discarding
      if (name === 'write') return () => true
      if (name === 'end') return () => discarding
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  await listener(request, discarding)
}

/** Processes the request, and closes the connection after half of the response body. */
function truncateResponse(request: IncomingMessage, response: ServerResponse, listener: RequestHandler): void {
  bufferResponse(response, ({ status, headers, body }) => {
    response.writeHead(status, { ...headers, 'content-length': body.length })
    response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy())
  })
  void listener(request, response)
}

function createControlApp(
  ledger: LedgerEntry[],
  effects: Effect[],
  faults: Set<Fault>,
  add: (fault: Fault) => () => void,
) {
  const control = new Hono().basePath('/__sandbox')
  control.get('/ledger', (c) => c.json(ledger))
  control.get('/effects', (c) => c.json(effects))
  control.post('/faults', async (c) => {
    const fault = await c.req.json<Omit<Fault, 'match'> & { match?: { method?: string; path?: string } }>()
    const { path, ...match } = fault.match ?? {}
    add({ ...fault, match: path === undefined ? match : { ...match, path: new RegExp(path) } })
    return c.body(null, 204)
  })
  control.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
  return control
}
