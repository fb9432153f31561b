import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { Problem } from '../core/errors.ts'
import { Body, decodeBody, parseCodings } from './decode.ts'
import type { HttpResponse, HttpRequest } from './http-message.ts'
import type { UpstreamLimits } from './limits.ts'
import { ReplayableStream } from './replayable-stream.ts'

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2]

/** One attempt of a request: a handler for undici that collects the response, applies timeouts, and records the progress. */
export class Attempt implements Dispatcher.DispatchHandler {
  /** Whether bytes can have been sent. */
  isSent = false
  /** Status of the response. Null until its headers have arrived. */
  status: number | null = null
  /** Whether a timeout of Parley was exceeded. */
  hasTimedOut = false
  readonly response: Promise<HttpResponse>
  readonly #request: HttpRequest
  readonly #limits: UpstreamLimits
  readonly #isStreamed: boolean
  #resolve!: (response: HttpResponse) => void
  #reject!: (reason: unknown) => void
  #hasEnded = false
  #headers: HttpResponse['headers'] = {}
  #body: Body | null = null
  /** The body as it is received. Null if it needs no decoding. */
  #encodedBody: Readable | null = null
  /** Ends of the attempt timeout and of the current wait, and when the timer checks them next, by `performance.now`. */
  #attemptEndsAt = Infinity
  #waitEndsAt = Infinity
  #timerEndsAt = Infinity
  #timer: NodeJS.Timeout | undefined

  constructor(request: HttpRequest, limits: UpstreamLimits) {
    this.#request = request
    this.#isStreamed = request.body instanceof ReplayableStream
    this.#limits = limits
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Rejects the response. Later events of undici are ignored. */
  fail(reason: unknown): void {
    if (this.#hasEnded) return
    this.#end()
    this.#encodedBody?.destroy()
    this.#reject(reason)
  }

  onRequestStart(): void {
    this.isSent = true
    if (this.#isStreamed || this.#hasEnded) return
    this.#attemptEndsAt = performance.now() + this.#limits.attemptTimeout
    this.#wait(this.#limits.headersTimeout)
  }

  onRequestSent(): void {
    if (this.#isStreamed && this.status === null) this.#wait(this.#limits.headersTimeout)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200 || this.#hasEnded) return
    this.status = status
    const coding = headers['content-encoding']
    this.#headers = toSingleValues(headers)
    this.#wait(this.#limits.idleTimeout)
    if (coding === undefined) this.#body = new Body(this.#limits, this.#request.memory)
    else this.#decode(controller, String(coding))
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#hasEnded) return
    this.#wait(this.#limits.idleTimeout)
    if (this.#encodedBody) {
      if (!this.#encodedBody.push(chunk)) controller.pause()
      return
    }
    try {
      this.#body?.add(chunk)
    } catch (error) {
      this.#rejectBody(error)
    }
  }

  onResponseEnd(): void {
    if (this.#encodedBody) this.#encodedBody.push(null)
    else if (this.#body) this.#complete(this.#body.toBuffer())
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.#encodedBody) this.#encodedBody.destroy(error)
    else this.fail(error)
  }

  #decode(controller: Dispatcher.DispatchController, header: string): void {
    try {
      const codings = parseCodings(header)
      this.#encodedBody = new Readable({ read: () => controller.resume() })
      const decoding = decodeBody(this.#encodedBody, codings, this.#limits, this.#request.memory)
      decoding.then(
        (body) => this.#complete(body),
        (error: unknown) => this.#rejectBody(error),
      )
    } catch (error) {
      this.#rejectBody(error)
    }
  }

  /** Rejects a body that cannot be decoded. For an error response, the status is enough, and the body is ignored. */
  #rejectBody(error: unknown): void {
    if (this.status! >= 300 && error instanceof Problem) this.#complete(Buffer.alloc(0))
    else this.fail(error)
  }

  #complete(body: Buffer): void {
    if (this.#hasEnded) return
    this.#end()
    this.#resolve({ status: this.status!, headers: this.#headers, body })
  }

  #end(): void {
    this.#hasEnded = true
    clearTimeout(this.#timer)
  }

  /** Limits the wait for the next event. All waits of an attempt share one timer, which is reset only to end earlier. */
  #wait(ms: number): void {
    if (this.#hasEnded) return
    this.#waitEndsAt = performance.now() + ms
    if (Math.min(this.#waitEndsAt, this.#attemptEndsAt) < this.#timerEndsAt) this.#setTimer()
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    this.#timerEndsAt = Math.min(this.#waitEndsAt, this.#attemptEndsAt)
    this.#timer = setTimeout(() => this.#checkTime(), Math.ceil(this.#timerEndsAt - performance.now()))
  }

  #checkTime(): void {
    if (performance.now() < Math.min(this.#waitEndsAt, this.#attemptEndsAt)) return this.#setTimer()
    this.hasTimedOut = true
    this.fail(new Error('timeout'))
  }
}

/** Keeps the first value of a header that was sent twice. */
export function toSingleValues(headers: Headers): HttpResponse['headers'] {
  for (const name in headers) if (Array.isArray(headers[name])) headers[name] = headers[name][0]
  return headers as HttpResponse['headers']
}
