import type { Socket } from 'node:net'
import { Agent, buildConnector, request as send, type Dispatcher } from 'undici'
import { Problem } from '../errors.ts'
import { readBody } from './decode.ts'
import { ConnectTimeout, failureOf } from './failure.ts'
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
 * HTTP to one account's vendor: own pool, own certificate authority, own timers (undici's are coarse).
 * What is sent once takes a fresh connection, so that it is not lost on one that the vendor was just closing.
 */
export function createTransport(options: { limits: UpstreamLimits; ca?: string | undefined }): Transport {
  const { limits } = options
  const agentOptions = {
    connect: connector(limits.connectTimeout, options.ca),
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: limits.inFlight,
    maxHeaderSize: limits.answerHeaderBytes,
  }
  const shared = new Agent(agentOptions)
  const fresh = new Agent({ ...agentOptions, pipelining: 0 })
  return {
    exchange: (request, signal) =>
      exchange(request.method === 'GET' && !request.once ? shared : fresh, request, signal, limits),
    close: async () => void (await Promise.all([shared.destroy(), fresh.destroy()])),
  }
}

/** Name look-up, connect and TLS handshake together within `timeout` ms. */
function connector(timeout: number, ca: string | undefined): buildConnector.connector {
  const connect = buildConnector({ timeout: 0, allowH2: false, ...(ca === undefined ? {} : { ca }) })
  return (options, callback) => {
    const socket = connect(options, (...result) => {
      clearTimeout(timer)
      callback(...result)
    }) as unknown as Socket
    const timer = setTimeout(() => socket.destroy(new ConnectTimeout('connect timeout')), timeout)
  }
}

async function exchange(agent: Agent, request: HttpRequest, signal: AbortSignal, limits: UpstreamLimits) {
  const timers = new Timers()
  let sent = false
  let status: number | null = null
  const onStart = (): void => {
    sent = true
    if (request.streamed) return
    timers.set('headers', limits.headersTimeout)
    timers.set('attempt', limits.attemptTimeout)
  }
  const onSent = (): void => {
    if (status === null) timers.set('headers', limits.headersTimeout)
  }
  try {
    const answer = await send(request.url, {
      method: request.method,
      headers: request.headers,
      body: (request.streamed ? sentThen(request.body as AsyncIterable<Uint8Array>, onSent) : request.body) as never,
      dispatcher: agent.compose(announceStart(onStart)),
      signal: AbortSignal.any([signal, timers.signal]),
    })
    status = answer.statusCode
    timers.clear('headers')
    const idle = (): void => timers.set('idle', limits.idleTimeout)
    idle()
    answer.body.on('data', idle)
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    )
    const codings = String(answer.headers['content-encoding'] ?? '')
    const body = await readBody(answer.body, codings, limits).catch(orNothing(status))
    return { status, headers, body }
  } catch (error) {
    throw failureOf(error, { sent, status, signal, timedOut: timers.fired })
  } finally {
    timers.clearAll()
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
  #controller = new AbortController()
  #running = new Map<string, NodeJS.Timeout>()
  signal = this.#controller.signal
  fired = false
  #over = false
  set(name: string, ms: number): void {
    this.clear(name)
    // A body that was given up may still bring data.
    if (this.#over) return
    this.#running.set(
      name,
      setTimeout(() => {
        this.fired = true
        this.#controller.abort(new Error(`${name} timeout`))
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
