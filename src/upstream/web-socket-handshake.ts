import type { Dispatcher } from 'undici'
import { Problem } from '../core/errors.ts'
import { toFailureProblem } from './failure.ts'
import { withRetryAt } from './parse-response.ts'
import type { VendorResponse } from './vendor-client.ts'
import { errorFromStatus, VendorResponseError } from './vendor-error.ts'

type DispatchHandler = Dispatcher.DispatchHandler
type DispatchMethod<Name extends keyof DispatchHandler> = NonNullable<DispatchHandler[Name]>

/** Records why the handshake of a WebSocket failed, which events of a WebSocket do not report. */
export class Handshake {
  /** Whether the connection was opened. */
  isComplete = false
  #isSent = false
  #response: VendorResponse | null = null
  #error: unknown = null

  /** Interceptor for undici that records the progress of the request. */
  readonly record =
    (dispatch: Dispatcher.Dispatch): Dispatcher.Dispatch =>
    (options, handler) =>
      dispatch(options, this.#observe(handler))

  /** Returns why the connection ended. @param now In milliseconds since the epoch. */
  toProblem(redact: (text: string) => string, now: number): Problem {
    if (this.isComplete) return new Problem('VENDOR_UNAVAILABLE', 'The event connection was closed.')
    const response = this.#response
    const error = response && errorFromStatus(response.status)
    if (error) return new VendorResponseError(withRetryAt(error, response, now), response, redact)
    if (response || this.#error === null) return createNoWebSocketProblem(response?.status ?? null)
    const { signal } = new AbortController()
    return toFailureProblem(this.#error, { isSent: this.#isSent, status: null, hasTimedOut: false, signal })
  }

  #observe(handler: DispatchHandler): DispatchHandler {
    const observer: DispatchHandler = Object.create(handler)
    const onRequestStart: DispatchMethod<'onRequestStart'> = (...args) => {
      this.#isSent = true
      handler.onRequestStart?.apply(observer, args)
    }
    const onResponseStart: DispatchMethod<'onResponseStart'> = (controller, status, headers) => {
      if (status < 200) return
      this.#response = { status, headers: toTexts(headers), body: null }
      // undici would send the handshake again after a 401.
      controller.abort(new Error('The handshake was rejected.'))
    }
    const onResponseError: DispatchMethod<'onResponseError'> = (...args) => {
      this.#error = args[1]
      handler.onResponseError?.apply(observer, args)
    }
    return Object.assign(observer, { onRequestStart, onResponseStart, onResponseError })
  }
}

const createNoWebSocketProblem = (vendorStatus: number | null): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', 'The vendor did not open a WebSocket.', { vendorStatus })

const toTexts = (headers: Parameters<DispatchMethod<'onResponseStart'>>[2]): VendorResponse['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]))
