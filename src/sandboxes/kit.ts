import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { holdAnswer } from './held-answer.ts'
import { isLocalRequest } from './local-request.ts'

/** What every sandbox handler gets: Hono's context with Node's own request and response beside it. */
export type SandboxApp = Hono<{ Bindings: HttpBindings }>

/** One request as the sandbox received it. Header values and bodies are not kept, only the body's digest. */
export interface LedgerEntry {
  at: number
  method: string
  /** Path as it stood on the wire (still encoded), without the query. */
  path: string
  query: string
  headerNames: string[]
  /** Lower-case hex; of the bytes that arrived. */
  bodySha256: string
  bodyBytes: number
  /** The status answered, or null where a fault closed the connection. */
  status: number | null
}

/** Something that changed at the vendor: what a mutation really did. */
export interface Effect {
  at: number
  /** e.g. `createConference`, `uploadFile`. */
  kind: string
  id: string
  detail?: unknown
}

/**
 * A fault for the requests that match, `times` times (default: until cleared).
 * `apply: true` lets the vendor do its work first, so that only the answer suffers.
 */
export interface Fault {
  match: { method?: string; path?: RegExp }
  kind: 'status' | 'delay' | 'reset' | 'cut' | 'body'
  times?: number
  /** `status`, `body`: what is answered. */
  status?: number
  headers?: Record<string, string>
  body?: string
  /** `delay`: milliseconds before the request is looked at. */
  ms?: number
  apply?: boolean
}

/** A vendor on a loopback port, with what it saw and what it may be told to do wrong. */
export interface Sandbox {
  /** Origin, e.g. `http://127.0.0.1:4010`, no trailing slash. */
  url: string
  ledger: LedgerEntry[]
  effects: Effect[]
  /** Switches a fault on; the function returned switches it off. */
  fault(fault: Fault): () => void
  clearFaults(): void
  close(): Promise<void>
}

export interface SandboxOptions {
  /** 0 = any free port. */
  port?: number
  /** Milliseconds since the epoch; tests put their own clock here. */
  now?: () => number
  /** Milliseconds every answer takes; default 0. */
  latency?: () => number
  /** Stands before every request: calls `serve` when the vendor is to see it, or answers in its own way. */
  before?: (request: IncomingMessage, response: ServerResponse, serve: () => void) => void
}

/** What a vendor's sandbox builds itself from. */
export interface SandboxKit {
  app: SandboxApp
  now: () => number
  effect(kind: string, id: string, detail?: unknown): void
}

/**
 * Serves `build`'s routes on loopback, behind ledger and faults.
 * Beside the vendor's own paths there are `GET /__sandbox/ledger`, `GET /__sandbox/effects`,
 * `POST /__sandbox/faults` (a Fault; `match.path` as a string) and `DELETE /__sandbox/faults`.
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
  build({ app, now, effect: (kind, id, detail) => void effects.push({ at: now(), kind, id, detail }) })
  const listener = getRequestListener((request, bindings) => app.fetch(request, bindings as HttpBindings), {
    overrideGlobalObjects: false,
  })
  const control = controlApp(ledger, effects, faults, addFault)
  const controlListener = getRequestListener(control.fetch, { overrideGlobalObjects: false })

  const server = createServer((request, response) => {
    if (!isLocalRequest(request)) return rejectForeign(response)
    if (request.url?.startsWith('/__sandbox/')) return void controlListener(request, response)
    record(request, response, ledger, now)
    // Clients learn their clock's skew from it, so it tells the vendor's time, not the machine's.
    response.setHeader('date', new Date(now()).toUTCString())
    const fault = take(faults, request)
    if (fault) return void misbehave(fault, request, response, listener)
    const serve = (): void => void listener(request, response)
    if (options.before) return options.before(request, response, serve)
    const wait = options.latency?.() ?? 0
    if (wait > 0) setTimeout(serve, wait)
    else serve()
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
      }),
  }
}

/** A web page could otherwise read the sandbox, its tokens included, and change it. */
function rejectForeign(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  response.end('The sandbox accepts only requests whose "Host" and "Origin" name this machine, such as localhost.\n')
}

function record(request: IncomingMessage, response: ServerResponse, ledger: LedgerEntry[], now: () => number): void {
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
  // Seen on the way into the stream's buffer, so that handlers go on reading it as they like.
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk) {
      hash.update(chunk)
      entry.bodyBytes += chunk.length
    } else entry.bodySha256 = hash.digest('hex')
    return push(chunk, encoding)
  }
  response.once('finish', () => void (entry.status = response.statusCode))
}

function take(faults: Set<Fault>, request: IncomingMessage): Fault | undefined {
  for (const fault of faults) {
    if (fault.match.method && fault.match.method !== request.method) continue
    if (fault.match.path && !fault.match.path.test(request.url ?? '')) continue
    if (fault.times !== undefined && --fault.times <= 0) faults.delete(fault)
    return fault
  }
  return undefined
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

async function misbehave(fault: Fault, request: IncomingMessage, response: ServerResponse, listener: Listener) {
  if (fault.kind === 'delay') {
    setTimeout(() => void listener(request, response), fault.ms ?? 1000)
    return
  }
  if (fault.apply) {
    if (fault.kind === 'cut') return void cutAnswer(request, response, listener)
    await applyUnheard(request, response, listener)
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

/** Lets the vendor do its work and throws its answer away. */
async function applyUnheard(request: IncomingMessage, response: ServerResponse, listener: Listener): Promise<void> {
  const deaf = new Proxy(response, {
    get(target, name) {
      if (name === 'writeHead' || name === 'setHeader' || name === 'flushHeaders') return () => deaf
      if (name === 'write') return () => true
      if (name === 'end') return () => deaf
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  await listener(request, deaf)
}

/** Lets the vendor answer and closes the connection half-way through the answer's body. */
function cutAnswer(request: IncomingMessage, response: ServerResponse, listener: Listener): void {
  holdAnswer(response, ({ status, headers, body }) => {
    response.writeHead(status, { ...headers, 'content-length': body.length })
    response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy())
  })
  void listener(request, response)
}

function controlApp(ledger: LedgerEntry[], effects: Effect[], faults: Set<Fault>, add: (fault: Fault) => () => void) {
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
