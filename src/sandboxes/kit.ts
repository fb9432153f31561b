import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { applyFault, takeFault, type Fault } from './faults.ts'
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
  /** Serves the same paths at another free port. Returns a function that returns its origin, after the sandbox has started. */
  addOrigin(): () => string
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
  const servers: PlannedServer[] = []
  const listener = getRequestListener((request, bindings) => app.fetch(request, bindings as HttpBindings), {
    overrideGlobalObjects: false,
  })
  const controlListener = getRequestListener(control.fetch, { overrideGlobalObjects: false })

  const serverOptions = { shouldUpgradeCallback: upgrades.accepts }
  const serveRequest = (request: IncomingMessage, response: ServerResponse): void => {
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
  }
  const serveUpgrade = (request: IncomingMessage, socket: Socket, head: Buffer): void => {
    const response = upgrades.createResponse(request, socket)
    if (!isLocalRequest(request)) return rejectForeign(response)
    const entry = recordRequest(request, response, ledger, now)
    const serve = async (): Promise<void> => {
      entry.status = 101
      upgrades.serve(request, response, head)
    }
    const fault = takeFault(faults, request)
    void (fault ? applyFault(fault, request, response, serve) : serve())
  }
  const addServer = (port: number): PlannedServer => {
    const server = createServer(serverOptions, serveRequest).on('upgrade', serveUpgrade)
    return servers[servers.push({ server, port }) - 1]!
  }
  const main = addServer(options.port ?? 0)
  build({
    app,
    control,
    now,
    effect: (kind, id, detail) => void effects.push({ at: now(), kind, id, detail }),
    onUpgrade: (path, handler) => upgrades.add(path, handler),
    addOrigin() {
      const { server } = addServer(0)
      return () => getServerOrigin(server)
    },
  })
  const close = async (): Promise<void> => {
    const closed = servers.map(({ server }) => new Promise((resolve) => void server.close(resolve)))
    for (const { server } of servers) server.closeAllConnections()
    upgrades.close()
    await Promise.all(closed)
  }
  const results = await Promise.allSettled(servers.map(listen))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) {
    await close()
    throw failed.reason
  }
  return {
    url: getServerOrigin(main.server),
    ledger,
    effects,
    fault: addFault,
    clearFaults: () => faults.clear(),
    close,
  }
}

interface PlannedServer {
  server: Server
  /** 0 selects a free port. */
  port: number
}

function listen({ server, port }: PlannedServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

const getServerOrigin = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

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
