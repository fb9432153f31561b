import { Problem } from '../core/errors.ts'
import { errors } from './undici.ts'
import { ProxyError } from './proxy/proxy-error.ts'
import { formatTlsError, isTlsCode } from './connect-error.ts'

/** Name look-up, connect and TLS handshake took too long. */
export class ConnectTimeoutError extends Error {}

/** We have no socket, port or memory left for a connection. */
const localErrorCodes: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'])

/** Whether the code of a failed connection says nothing of the other end. */
export const isLocalFailure = (code: string): boolean => localErrorCodes.has(code)

/** undici rejects the request itself, before it is sent. */
const rejectedRequestCodes: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'])

/** How far an attempt had come when it failed. */
export interface AttemptState {
  /** Bytes may have left. */
  isSent: boolean
  /** Of the answer, where its headers came. */
  status: number | null
  signal: AbortSignal
  /** By a timer of ours. */
  hasTimedOut: boolean
}

/** A failed attempt as a Problem, with the delivery of what became of the request. */
export function toFailureProblem(error: unknown, { isSent: sent, status, signal, hasTimedOut: timedOut }: AttemptState): Problem {
  // The reason of an abort belongs to everyone who shares the signal, and knows nothing of this request.
  if (error instanceof Problem && error !== signal.reason)
    return status === null || error.vendorStatus !== null ? error : error.with({ vendorStatus: status })
  const delivery = !sent ? 'not-sent' : status !== null && status < 300 ? 'unread' : 'unknown'
  const cause = sanitizeCause(error)
  const details = { delivery, cause, vendorStatus: status } as const
  if (timedOut) return new Problem('VENDOR_TIMEOUT', 'The vendor did not answer in time.', details)
  if (signal.aborted) return toAbortProblem(signal, details)
  if (error instanceof ProxyError) return createProxyProblem(error)
  if (error instanceof ConnectTimeoutError)
    return new Problem('VENDOR_TIMEOUT', 'The vendor could not be connected to in time.', details)
  const code = getErrorCode(error)
  if (!sent && rejectedRequestCodes.has(code))
    return new Problem('INTERNAL', 'A vendor call was not sent: it is not a valid HTTP request.', details)
  if (!sent && isTlsCode(code))
    return new Problem('VENDOR_TLS_ERROR', formatTlsError(code), {
      ...details,
      retryable: false,
    })
  if (!sent && isLocalFailure(code))
    return new Problem('OVERLOADED', 'The server has no connection to spare for this call.', details)
  if (status !== null)
    return new Problem('VENDOR_BAD_RESPONSE', "The vendor's answer was cut short.", {
      ...details,
      readRetry: 'allowed',
    })
  if (isNotHttp(error))
    return new Problem('VENDOR_BAD_RESPONSE', 'The vendor answered with something that is not valid HTTP.', details)
  return new Problem(
    'VENDOR_UNAVAILABLE',
    sent ? 'The vendor closed the connection without an answer.' : 'The vendor cannot be reached.',
    details,
  )
}

/** Nothing was sent. Token requests can be retried, too. */
function createProxyProblem(error: ProxyError): Problem {
  const { message, isTimeout, isRetryable } = error
  return new Problem(isTimeout ? 'VENDOR_TIMEOUT' : 'VENDOR_UNAVAILABLE', message, {
    delivery: 'not-sent',
    retryable: isRetryable,
    ...(isRetryable && { readRetry: 'allowed' }),
    cause: error,
  })
}

/** undici says "bad response" of a `100 Continue` that nobody asked for; the code is that of any closed socket. */
const isNotHttp = (error: unknown): boolean =>
  error instanceof errors.HTTPParserError ||
  error instanceof errors.HeadersOverflowError ||
  (error instanceof errors.SocketError && error.message === 'bad response')

/** The error's name, code and words: undici's parser error carries what the vendor sent, token echoes included. */
function sanitizeCause(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : new Error('unknown')
  return Object.assign(new Error(message), { name, code: getErrorCode(error) })
}

/** The reason of an aborted signal as a Problem: the deadline, a caller that went away. */
export function toAbortProblem(
  signal: AbortSignal,
  details: { delivery: Problem['delivery']; cause?: unknown },
): Problem {
  if (signal.reason instanceof Problem) return signal.reason.with(details)
  return new Problem('DEADLINE_EXCEEDED', 'The request was given up before the vendor answered.', details)
}

/** Returns the code of an error or of its cause; empty if there is none. */
export function getErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return getErrorCode(error.errors[0])
  return getErrorCode(error.cause)
}

/** Whatever a call threw, as a Problem. */
export function toCallProblem(
  error: unknown,
  signal: AbortSignal,
  delivery: Problem['delivery'] = 'not-sent',
): Problem {
  // Given up between two attempts; the reason itself belongs to everyone who shares the signal.
  if (signal.aborted && error === signal.reason) return toAbortProblem(signal, { delivery })
  if (error instanceof Problem) return error
  return new Problem('INTERNAL', 'A vendor call failed in an unforeseen way.', { cause: error, delivery })
}

/** False where the problem says nothing of the vendor's health: the caller's own, ours, or an honest refusal. */
export function isVendorHealthError(problem: Problem): boolean {
  return problem.code.startsWith('VENDOR_') && problem.code !== 'VENDOR_REJECTED' && problem.code !== 'VENDOR_CONFLICT'
}
