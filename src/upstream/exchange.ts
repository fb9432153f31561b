import type { Socket } from 'node:net'
import { Agent, buildConnector, errors, request as send, type Dispatcher } from 'undici'
import { Problem } from '../errors.ts'
import { readBody } from './decode.ts'
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

class ConnectTimeout extends Error {}

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
    throw explain(error, { sent, status, signal, timers })
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
  fired: string | null = null
  #over = false
  set(name: string, ms: number): void {
    this.clear(name)
    // A body that was given up may still bring data.
    if (this.#over) return
    this.#running.set(
      name,
      setTimeout(() => {
        this.fired = name
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

const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/

interface Circumstances {
  sent: boolean
  status: number | null
  signal: AbortSignal
  timers: Timers
}

function explain(error: unknown, { sent, status, signal, timers }: Circumstances): Problem {
  if (error instanceof Problem) return withStatus(error, status)
  const evidence = !sent ? 'not-sent' : status !== null && status < 300 ? 'unread' : 'unknown'
  const cause = causeWithoutBytes(error)
  const details = { evidence, cause, ...(status === null ? {} : { vendorStatus: status }) } as const
  if (timers.fired) return new Problem('VENDOR_TIMEOUT', 'The vendor did not answer in time.', details)
  if (signal.aborted) return abortProblem(signal, details)
  if (error instanceof ConnectTimeout)
    return new Problem('VENDOR_TIMEOUT', 'The vendor could not be connected to in time.', details)
  const code = errorCode(error)
  if (!sent && tlsCodes.test(code))
    return new Problem('VENDOR_TLS_ERROR', "The vendor's TLS certificate or handshake is not acceptable.", {
      ...details,
      retryable: false,
    })
  if (status !== null)
    return new Problem('VENDOR_BAD_RESPONSE', "The vendor's answer was cut short.", { ...details, again: 'freely' })
  if (isNotHttp(error))
    return new Problem('VENDOR_BAD_RESPONSE', 'The vendor answered with something that is not valid HTTP.', details)
  return new Problem(
    'VENDOR_UNAVAILABLE',
    sent ? 'The vendor closed the connection without an answer.' : 'The vendor cannot be reached.',
    details,
  )
}

/** undici says "bad response" of a `100 Continue` that nobody asked for; the code is that of any closed socket. */
const isNotHttp = (error: unknown): boolean =>
  error instanceof errors.HTTPParserError ||
  error instanceof errors.HeadersOverflowError ||
  (error instanceof errors.SocketError && error.message === 'bad response')

/** The error's name, code and words: undici's parser error carries what the vendor sent, token echoes included. */
function causeWithoutBytes(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : new Error('unknown')
  return Object.assign(new Error(message), { name, code: errorCode(error) })
}

function withStatus(problem: Problem, status: number | null): Problem {
  if (status === null || problem.vendorStatus !== null) return problem
  return new Problem(problem.code, problem.message, {
    retryable: problem.retryable,
    ...(problem.again ? { again: problem.again } : {}),
    evidence: problem.evidence,
    vendorStatus: status,
    cause: problem.cause,
  })
}

/** The reason of an aborted signal as a Problem: the deadline, a caller that went away. */
export function abortProblem(
  signal: AbortSignal,
  details: { evidence: Problem['evidence']; cause?: unknown },
): Problem {
  if (signal.reason instanceof Problem)
    return new Problem(signal.reason.code, signal.reason.message, { ...details, retryable: signal.reason.retryable })
  return new Problem('DEADLINE_EXCEEDED', 'The request was given up before the vendor answered.', details)
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return errorCode(error.errors[0])
  return errorCode(error.cause)
}
