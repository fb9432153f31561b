import type { Dispatcher } from 'undici'
import { toSingleValues } from './attempt.ts'
import { toFailureProblem } from './failure.ts'
import { FileBody } from './file.ts'
import type { HttpResponse } from './http-message.ts'

/** A response whose body is read at the speed of its reader. */
export interface StreamedResponse extends Pick<HttpResponse, 'status' | 'headers'> {
  body: FileBody
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2]

/** Bytes of the body that are kept for a slow reader. The connection holds about as many again. */
const bufferedBytes = 64 * 1024

/** One attempt of a request whose response is streamed: a handler for undici. It limits only the wait for the headers. */
export class StreamedAttempt implements Dispatcher.DispatchHandler {
  readonly response: Promise<StreamedResponse>
  readonly #headersTimeoutMs: number
  readonly #signal: AbortSignal
  readonly #onEnd: () => void
  #resolve!: (response: StreamedResponse) => void
  #reject!: (reason: unknown) => void
  #isSent = false
  #status: number | null = null
  #hasTimedOut = false
  #body: FileBody | null = null
  #timer: NodeJS.Timeout | undefined

  /**
   * @param signal Cancels the wait for the headers, not the body.
   * @param onEnd Called when the connection is no longer needed.
   */
  constructor(headersTimeoutMs: number, signal: AbortSignal, onEnd: () => void) {
    this.#headersTimeoutMs = headersTimeoutMs
    this.#signal = signal
    this.#onEnd = onEnd
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    signal.addEventListener('abort', this.#onAbort)
  }

  onRequestStart(): void {
    this.#isSent = true
    this.#timer = setTimeout(() => {
      this.#hasTimedOut = true
      this.fail(new Error('timeout'))
    }, this.#headersTimeoutMs)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return
    this.#endWait()
    this.#status = status
    this.#body = new FileBody({
      highWaterMark: bufferedBytes,
      read: () => controller.resume(),
      destroy: (error, done) => {
        this.#onEnd()
        done(error)
      },
    })
    this.#resolve({ status, headers: toSingleValues(headers), body: this.#body })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#body?.push(chunk) === false) controller.pause()
  }

  onResponseEnd(): void {
    this.#body?.push(null)
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.fail(error)
  }

  /** Rejects the response, or ends its body with an error. */
  fail(reason: unknown): void {
    this.#endWait()
    const problem = toFailureProblem(reason, {
      isSent: this.#isSent,
      status: this.#status,
      signal: this.#signal,
      hasTimedOut: this.#hasTimedOut,
    })
    const body = this.#body
    if (body === null) {
      this.#onEnd()
      this.#reject(problem)
    } else if (!body.destroyed && !body.readableEnded) {
      body.failure = problem
      body.push(null)
    }
  }

  readonly #onAbort = (): void => this.fail(this.#signal.reason)

  #endWait(): void {
    clearTimeout(this.#timer)
    this.#signal.removeEventListener('abort', this.#onAbort)
  }
}
