import type { IncomingMessage, ServerResponse } from 'node:http'
import { bufferResponse } from './buffered-response.ts'
import { sendPartOfBody } from './part-of-body.ts'

/**
 * A fault that the sandbox injects into matching requests.
 *
 * - `status`, `body`: responds with `status`, `headers`, and `body`.
 * - `delay`: processes the request after `ms`.
 * - `reset`: resets the connection.
 * - `cut`: closes the connection in the middle of the response body. With `bytes`, processes the request and closes the
 *   connection after these bytes.
 * - `stall`: processes the request, sends `bytes` of the response body, and then nothing more.
 */
export interface Fault {
  match: { method?: string; path?: RegExp }
  kind: 'status' | 'delay' | 'reset' | 'cut' | 'stall' | 'body'
  /** Number of requests with the fault. Default: until the fault is cleared. */
  times?: number
  /** Status of the response. Default: 500. */
  status?: number
  headers?: Record<string, string>
  body?: string
  /** Delay in milliseconds. Default: 1,000. */
  ms?: number
  /** Bytes of the body that are sent before a `cut` or `stall`. Default for `stall`: 0. */
  bytes?: number
  /** Whether the sandbox processes the request before the fault, so that only the response is affected. Default: false. */
  apply?: boolean
}

export function takeFault(faults: Set<Fault>, request: IncomingMessage): Fault | undefined {
  for (const fault of faults) {
    if (fault.match.method && fault.match.method !== request.method) continue
    if (fault.match.path && !fault.match.path.test(request.url ?? '')) continue
    if (fault.times !== undefined && --fault.times <= 0) faults.delete(fault)
    return fault
  }
  return undefined
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export async function applyFault(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  listener: RequestHandler,
): Promise<void> {
  const { kind, bytes } = fault
  if (kind === 'delay') {
    setTimeout(() => void listener(request, response), fault.ms ?? 1000)
    return
  }
  if (kind === 'stall' || (kind === 'cut' && bytes !== undefined)) {
    sendPartOfBody(response, bytes ?? 0, () => void (kind === 'cut' && request.socket.destroy()))
    return listener(request, response)
  }
  if (fault.apply) {
    if (kind === 'cut') return void truncateResponse(request, response, listener)
    await applyAndDiscardResponse(request, response, listener)
  }
  if (kind === 'reset') {
    request.socket.resetAndDestroy()
  } else if (kind === 'cut') {
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
