import { Attempt } from './attempt.ts'
import { Connections, type VendorConnection } from './connections.ts'
import { toFailureProblem } from './failure.ts'
import type { HttpResponse, HttpRequest } from './http-message.ts'
import type { UpstreamLimits } from './limits.ts'
import type { FindProxy } from './proxy/find-proxy.ts'
import { ReplayableStream } from './replayable-stream.ts'
import { StreamedAttempt, type StreamedResponse } from './streamed-attempt.ts'

export interface TransportOptions {
  limits: UpstreamLimits
  ca?: string | undefined
  findProxy?: FindProxy | undefined
}

/**
 * Sends HTTP requests to one account's vendor, with connections, a certificate authority, and timeouts of the account.
 * A request that cannot be sent again uses a new connection: an idle connection can be closed by the vendor at any time.
 */
export class Transport {
  readonly #limits: UpstreamLimits
  readonly #connections: Connections

  constructor({ limits, ca, findProxy }: TransportOptions) {
    const { connectTimeout, answerHeaderBytes: maxHeaderSize } = limits
    this.#limits = limits
    this.#connections = new Connections({ connectTimeout, maxHeaderSize, ca, findProxy })
  }

  /** Sends one attempt of a request. @throws Problem, with the delivery status of the request. */
  async sendHttpRequest(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const attempt = new Attempt(request, this.#limits)
    const onAbort = (): void => attempt.fail(signal.reason)
    try {
      signal.throwIfAborted()
      const connection = this.#connections.acquire(request.origin, request.method === 'GET' && !request.singleUse)
      signal.addEventListener('abort', onAbort)
      try {
        const { origin, path, method, headers } = request
        const body =
          request.body instanceof ReplayableStream ? request.body.restart(() => connection.isFlushed) : request.body
        connection.client.dispatch({ origin, path, method, headers: headers as string[], body: body as never }, attempt)
        const response = await attempt.response
        this.#connections.release(connection)
        return response
      } catch (error) {
        this.#connections.destroy(connection)
        throw error
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    } catch (error) {
      const { isSent, status, hasTimedOut } = attempt
      throw toFailureProblem(error, { isSent, status, hasTimedOut, signal })
    }
  }

  /** Sends a request and returns its response when the headers have arrived. @throws Problem */
  async openStream({ origin, path, method, headers }: HttpRequest, signal: AbortSignal): Promise<StreamedResponse> {
    let connection: VendorConnection | null = null
    const onEnd = (): void => void (connection && this.#connections.destroy(connection))
    const attempt = new StreamedAttempt(this.#limits.headersTimeout, signal, onEnd)
    try {
      signal.throwIfAborted()
      connection = this.#connections.acquire(origin, false)
      connection.client.dispatch({ origin, path, method, headers: headers as string[] }, attempt)
    } catch (error) {
      attempt.fail(error)
    }
    return attempt.response
  }

  close(): Promise<void> {
    return this.#connections.close()
  }
}
