import type { Dispatcher } from 'undici'
import { Problem } from '../core/errors.ts'
import { toFailureProblem } from './failure.ts'
import { errorFromStatus, VendorResponseError } from './vendor-error.ts'

type DispatchHandler = Dispatcher.DispatchHandler
type DispatchMethod<Name extends keyof DispatchHandler> = NonNullable<DispatchHandler[Name]>

/** Records why the handshake of a WebSocket failed, which events of a WebSocket do not report. */
export class Handshake {
  /** Whether the connection was opened. */
  isComplete = false
  #isSent = false
  #status: number | null = null
  #error: unknown = null

  /** Interceptor for undici that records the progress of the request. */
  readonly record =
    (dispatch: Dispatcher.Dispatch): Dispatcher.Dispatch =>
    (options, handler) =>
      dispatch(options, this.#observe(handler))

  /** Returns why the connection ended. */
  toProblem(redact: (text: string) => string): Problem {
    if (this.isComplete) return new Problem('VENDOR_UNAVAILABLE', 'The event connection was closed.')
    const error = this.#status === null ? null : errorFromStatus(this.#status)
    if (error) return new VendorResponseError(error, { status: this.#status!, headers: {}, body: null }, redact)
    if (this.#status !== null || this.#error === null)
      return new Problem('VENDOR_BAD_RESPONSE', 'The vendor did not open a WebSocket.', { vendorStatus: this.#status })
    const { signal } = new AbortController()
    return toFailureProblem(this.#error, { isSent: this.#isSent, status: null, hasTimedOut: false, signal })
  }

  #observe(handler: DispatchHandler): DispatchHandler {
    const observer: DispatchHandler = Object.create(handler)
    const onRequestStart: DispatchMethod<'onRequestStart'> = (...args) => {
      this.#isSent = true
      handler.onRequestStart?.apply(observer, args)
    }
    const onResponseStart: DispatchMethod<'onResponseStart'> = (...args) => {
      this.#status = args[1]
      handler.onResponseStart?.apply(observer, args)
    }
    const onResponseError: DispatchMethod<'onResponseError'> = (...args) => {
      this.#error = args[1]
      handler.onResponseError?.apply(observer, args)
    }
    return Object.assign(observer, { onRequestStart, onResponseStart, onResponseError })
  }
}
