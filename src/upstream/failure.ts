import { Problem } from '../core/errors.ts'
import { errors } from './undici.ts'
import { ProxyError } from './proxy/proxy-error.ts'
import { formatTlsError, isTlsCode } from './connect-error.ts'

/** Name look-up, connect and TLS handshake took too long. */
export class ConnectTimeout extends Error {}

/** We have no socket, port or memory left for a connection. */
const ownCodes: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'])

/** Whether the code of a failed connection says nothing of the other end. */
export const isLocalFailure = (code: string): boolean => ownCodes.has(code)

/** undici rejects the request itself, before it is sent. */
const rejectedRequestCodes: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'])

/** How far an attempt had come when it failed. */
export interface Circumstances {
  /** Bytes may have left. */
  sent: boolean
  /** Of the answer, where its headers came. */
  status: number | null
  signal: AbortSignal
  /** By a timer of ours. */
  timedOut: boolean
}

/** A failed attempt as a Problem, with the evidence of what became of the request. */
export function failureOf(error: unknown, { sent, status, signal, timedOut }: Circumstances): Problem {
  // The reason of an abort belongs to everyone who shares the signal, and knows nothing of this request.
  if (error instanceof Problem && error !== signal.reason)
    return status === null || error.vendorStatus !== null ? error : error.with({ vendorStatus: status })
  const evidence = !sent ? 'not-sent' : status !== null && status < 300 ? 'unread' : 'unknown'
  const cause = causeWithoutBytes(error)
  const details = { evidence, cause, vendorStatus: status } as const
  if (timedOut) return new Problem('VENDOR_TIMEOUT', 'The vendor did not answer in time.', details)
  if (signal.aborted) return abortProblem(signal, details)
  if (error instanceof ProxyError) return createProxyProblem(error)
  if (error instanceof ConnectTimeout)
    return new Problem('VENDOR_TIMEOUT', 'The vendor could not be connected to in time.', details)
  const code = errorCode(error)
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
    return new Problem('VENDOR_BAD_RESPONSE', "The vendor's answer was cut short.", { ...details, again: 'freely' })
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
    evidence: 'not-sent',
    retryable: isRetryable,
    ...(isRetryable && { again: 'freely' }),
    cause: error,
  })
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

/** The reason of an aborted signal as a Problem: the deadline, a caller that went away. */
export function abortProblem(
  signal: AbortSignal,
  details: { evidence: Problem['evidence']; cause?: unknown },
): Problem {
  if (signal.reason instanceof Problem) return signal.reason.with(details)
  return new Problem('DEADLINE_EXCEEDED', 'The request was given up before the vendor answered.', details)
}

/** Returns the code of an error or of its cause; empty if there is none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return errorCode(error.errors[0])
  return errorCode(error.cause)
}

/** Whatever a call threw, as a Problem. */
export function asProblem(error: unknown, signal: AbortSignal, evidence: Problem['evidence'] = 'not-sent'): Problem {
  // Given up between two attempts; the reason itself belongs to everyone who shares the signal.
  if (signal.aborted && error === signal.reason) return abortProblem(signal, { evidence })
  if (error instanceof Problem) return error
  return new Problem('INTERNAL', 'A vendor call failed in an unforeseen way.', { cause: error, evidence })
}

/** False where the problem says nothing of the vendor's health: the caller's own, ours, or an honest refusal. */
export function concernsVendor(problem: Problem): boolean {
  return problem.code.startsWith('VENDOR_') && problem.code !== 'VENDOR_REJECTED' && problem.code !== 'VENDOR_CONFLICT'
}
