import { createInternalProblem, Problem } from '../core/errors.ts'
import { errors } from './undici.ts'
import { ProxyError } from './proxy/proxy-error.ts'
import { formatTlsError, isTlsCode } from './connect-error.ts'

/** Name lookup, connection, and TLS handshake exceeded `connectTimeout`. */
export class ConnectTimeoutError extends Error {}

/** This machine has no socket, port, or memory left for a connection. */
const localErrorCodes: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'])

/** Whether the error code of a failed connection means a problem of this machine, not of the other end. */
export const isLocalFailure = (code: string): boolean => localErrorCodes.has(code)

/** undici rejected the request before it was sent. */
const rejectedRequestCodes: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'])

/** Progress of an attempt when it failed. */
export interface AttemptState {
  /** Whether bytes can have been sent. */
  isSent: boolean
  /** Status of the response. Null if its headers did not arrive. */
  status: number | null
  signal: AbortSignal
  /** Whether a timeout of Parley was exceeded. */
  hasTimedOut: boolean
}

/** Converts the error of an attempt to a problem, with the delivery status of the request. */
export function toFailureProblem(error: unknown, { isSent, status, signal, hasTimedOut }: AttemptState): Problem {
  // All requests that share the signal share its reason, so the reason cannot describe this request.
  if (error instanceof Problem && error !== signal.reason)
    return status === null || error.vendorStatus !== null ? error : error.with({ vendorStatus: status })
  const delivery = !isSent ? 'not-sent' : status !== null && status < 300 ? 'unread' : 'unknown'
  const cause = sanitizeCause(error)
  const details = { delivery, cause, vendorStatus: status } as const
  if (hasTimedOut) return new Problem('VENDOR_TIMEOUT', 'The request to the vendor timed out.', details)
  if (signal.aborted) return toAbortProblem(signal, details)
  if (error instanceof ProxyError) return createProxyProblem(error)
  if (error instanceof ConnectTimeoutError)
    return new Problem('VENDOR_TIMEOUT', 'The connection to the vendor timed out.', details)
  const code = getErrorCode(error)
  if (!isSent && rejectedRequestCodes.has(code))
    return createInternalProblem(details, 'a vendor request is not valid HTTP and was not sent')
  if (!isSent && isTlsCode(code))
    return new Problem('VENDOR_TLS_ERROR', formatTlsError(code), {
      ...details,
      retryable: false,
    })
  if (!isSent && isLocalFailure(code))
    return new Problem('OVERLOADED', 'The server cannot open more connections. Retry later.', details)
  if (status !== null)
    return new Problem('VENDOR_BAD_RESPONSE', "The vendor's response ended early.", {
      ...details,
      readRetry: 'allowed',
    })
  if (isNotHttp(error)) return new Problem('VENDOR_BAD_RESPONSE', "The vendor's response is not valid HTTP.", details)
  return new Problem(
    'VENDOR_UNAVAILABLE',
    isSent ? 'The vendor closed the connection without a response.' : 'The vendor cannot be reached.',
    details,
  )
}

/** Creates the problem for a failed proxy connection. Nothing was sent, so that token requests can be retried, too. */
function createProxyProblem(error: ProxyError): Problem {
  const { message, isTimeout, isRetryable } = error
  return new Problem(isTimeout ? 'VENDOR_TIMEOUT' : 'VENDOR_UNAVAILABLE', message, {
    delivery: 'not-sent',
    retryable: isRetryable,
    ...(isRetryable && { readRetry: 'allowed' }),
    cause: error,
  })
}

/** undici reports "bad response" for an unexpected `100 Continue`, with the error code of any closed socket. */
const isNotHttp = (error: unknown): boolean =>
  error instanceof errors.HTTPParserError ||
  error instanceof errors.HeadersOverflowError ||
  (error instanceof errors.SocketError && error.message === 'bad response')

/** Keeps only name, code, and message: undici's parser error contains the vendor's bytes, which can repeat the token. */
function sanitizeCause(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : new Error('unknown')
  return Object.assign(new Error(message), { name, code: getErrorCode(error) })
}

/** Converts the reason of an aborted signal to a problem, such as a deadline or a disconnected client. */
export function toAbortProblem(
  signal: AbortSignal,
  details: { delivery: Problem['delivery']; cause?: unknown },
): Problem {
  if (signal.reason instanceof Problem) return signal.reason.with(details)
  return new Problem('DEADLINE_EXCEEDED', 'The request was canceled before the vendor responded.', details)
}

/** Returns the code of an error or of its cause. Empty if it has none. */
export function getErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return getErrorCode(error.errors[0])
  return getErrorCode(error.cause)
}

/** Converts the error of a vendor call to a problem. */
export function toCallProblem(
  error: unknown,
  signal: AbortSignal,
  delivery: Problem['delivery'] = 'not-sent',
): Problem {
  // The call was canceled between two attempts. All calls that share the signal share its reason.
  if (signal.aborted && error === signal.reason) return toAbortProblem(signal, { delivery })
  if (error instanceof Problem) return error
  return createInternalProblem({ cause: error, delivery }, 'a vendor call failed unexpectedly')
}

/** Whether a problem shows that the vendor or the account has a problem. False for errors of callers and of Parley. */
export function isVendorHealthError(problem: Problem): boolean {
  return problem.code.startsWith('VENDOR_') && problem.code !== 'VENDOR_REJECTED' && problem.code !== 'VENDOR_CONFLICT'
}
