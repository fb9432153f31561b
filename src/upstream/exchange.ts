import { validateHeaderName, validateHeaderValue } from 'node:http'
import { request as send, type Dispatcher } from 'undici'
import type { Reservation } from '../byte-budget.ts'
import { Problem } from '../errors.ts'
import { leaveOnAbort } from './abort.ts'
import { Connections } from './connections.ts'
import { readBody } from './decode.ts'
import { failureOf } from './failure.ts'
import type { UpstreamLimits } from './limits.ts'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: URL
  headers: Record<string, string>
  body?: string | Buffer | AsyncIterable<Uint8Array> | undefined
  /** The body comes as the caller sends it: no limit for the whole attempt, headers awaited once it has gone. */
  streamed?: boolean
  /** It will not be sent again, even where it is a GET. */
  once?: boolean
  /** Holds the bytes of the response while it is read. */
  memory?: Reservation | undefined
}

export interface HttpAnswer {
  status: number
  /** Names in lower case; of a header sent twice, the first. */
  headers: Record<string, string | undefined>
  body: Buffer
}

export interface Transport {
  /** One attempt. Throws Problem with the evidence of what became of it. */
  exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
  close(): Promise<void>
}

/**
 * HTTP to one account's vendor: own connections, own certificate authority, own timers.
 * What is sent once takes a new connection, so that it is not lost on one that the vendor was just closing.
 */
export function createTransport(options: { limits: UpstreamLimits; ca?: string | undefined }): Transport {
  const { limits, ca } = options
  const { connectTimeout, answerHeaderBytes: maxHeaderSize } = limits
  const connections = new Connections({ connectTimeout, maxHeaderSize, ca })
  return {
    exchange: (request, signal) => exchange(connections, request, signal, limits),
    close: () => connections.close(),
  }
}

/** One request's way there and back. */
interface Attempt {
  request: HttpRequest
  limits: UpstreamLimits
  timers: Timers
  /** Whether bytes may have left. */
  sent: boolean
  status: number | null
}

async function exchange(
  connections: Connections,
  request: HttpRequest,
  signal: AbortSignal,
  limits: UpstreamLimits,
): Promise<HttpAnswer> {
  validateHeaders(request.headers)
  const stop = new AbortController()
  const timers = new Timers((reason) => stop.abort(reason))
  const onAbort = (): void => stop.abort(signal.reason)
  const attempt: Attempt = { request, limits, timers, sent: false, status: null }
  try {
    signal.throwIfAborted()
    signal.addEventListener('abort', onAbort, { once: true })
    const connection = connections.acquire(request.url.origin, request.method === 'GET' && !request.once)
    try {
      // Leaves at once, whatever undici does with the request.
      const answer = await leaveOnAbort(transfer(attempt, connection.client), stop.signal)
      connections.release(connection)
      return answer
    } catch (error) {
      connections.destroy(connection)
      throw error
    }
  } catch (error) {
    throw failureOf(error, { ...attempt, signal, timedOut: timers.fired })
  } finally {
    signal.removeEventListener('abort', onAbort)
    timers.clearAll()
  }
}

async function transfer(attempt: Attempt, dispatcher: Dispatcher): Promise<HttpAnswer> {
  const { request, limits, timers } = attempt
  const onStart = (): void => {
    attempt.sent = true
    if (request.streamed) return
    timers.set('headers', limits.headersTimeout)
    timers.set('attempt', limits.attemptTimeout)
  }
  const onSent = (): void => {
    if (attempt.status === null) timers.set('headers', limits.headersTimeout)
  }
  const answer = await send(request.url, {
    method: request.method,
    headers: request.headers,
    body: (request.streamed ? sentThen(request.body as AsyncIterable<Uint8Array>, onSent) : request.body) as never,
    dispatcher: dispatcher.compose(announceStart(onStart)),
  })
  const status = (attempt.status = answer.statusCode)
  timers.clear('headers')
  const idle = (): void => timers.set('idle', limits.idleTimeout)
  idle()
  answer.body.on('data', idle)
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
  const codings = String(answer.headers['content-encoding'] ?? '')
  const body = await readBody(answer.body, codings, limits, request.memory).catch(orNothing(status))
  return { status, headers, body }
}

/** Throws INTERNAL for a header that cannot be sent: input that could make one is rejected where it comes in. */
function validateHeaders(headers: Readonly<Record<string, string>>): void {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
  } catch (cause) {
    throw new Problem('INTERNAL', 'A vendor call was not sent: HTTP does not allow one of its headers.', { cause })
  }
}

/** A failed status speaks for itself where its body cannot be decoded. */
function orNothing(status: number): (error: unknown) => Buffer {
  return (error) => {
    if (status >= 300 && error instanceof Problem) return Buffer.alloc(0)
    throw error
  }
}

async function* sentThen(body: AsyncIterable<Uint8Array>, done: () => void): AsyncIterable<Uint8Array> {
  yield* body
  done()
}

/** Tells the moment from which bytes may have left. */
function announceStart(onStart: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const start = handler.onRequestStart?.bind(handler)
    handler.onRequestStart = (controller, context) => {
      onStart()
      start?.(controller, context)
    }
    return dispatch(options, handler)
  }
}

class Timers {
  readonly #onTimeout: (reason: Error) => void
  #running = new Map<string, NodeJS.Timeout>()
  fired = false
  #over = false
  constructor(onTimeout: (reason: Error) => void) {
    this.#onTimeout = onTimeout
  }
  set(name: string, ms: number): void {
    this.clear(name)
    // A body that was given up may still bring data.
    if (this.#over) return
    this.#running.set(
      name,
      setTimeout(() => {
        this.fired = true
        this.#onTimeout(new Error(`${name} timeout`))
      }, ms),
    )
  }
  clear(name: string): void {
    clearTimeout(this.#running.get(name))
  }
  clearAll(): void {
    this.#over = true
    for (const timer of this.#running.values()) clearTimeout(timer)
  }
}
