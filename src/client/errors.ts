import type { ErrorCode, ServerErrorCode } from './error-code.ts'

/** A GraphQL error as Parley answers it. */
export interface AnsweredError {
  message: string
  path?: readonly (string | number)[]
  extensions?: {
    code?: ServerErrorCode
    retryable?: boolean
    account?: string
    vendor?: string
    retryAt?: string
    requestId?: string
  }
}

interface ParleyErrorDetails {
  /** Of a request that may have changed something, and nobody knows whether it did. */
  outcomeUnknown: boolean
  retryable?: boolean
  retryAt?: Date | null
  errors?: readonly AnsweredError[]
  data?: unknown
  cause?: unknown
}

/** Why a request was not answered in full; of several errors the first is told, and all are in `errors`. */
export class ParleyError extends Error {
  readonly code: ErrorCode
  /** Whether the same again may succeed later. */
  readonly retryable: boolean
  /** Not before then, where that is known. */
  readonly retryAt: Date | null
  /** Key of the account that it happened in. */
  readonly account: string | null
  /** Finds the request in the server's log. */
  readonly requestId: string | null
  readonly errors: readonly AnsweredError[]
  /** What was answered beside the errors. */
  readonly data: unknown
  /** True for a mutation that may have been done: look its operation up, or send it again with the same idempotency key. */
  readonly outcomeUnknown: boolean

  constructor(code: ErrorCode, message: string, details: ParleyErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'ParleyError'
    const { errors = [], data = null, outcomeUnknown } = details
    const told = errors[0]?.extensions
    this.code = code
    this.retryable = details.retryable ?? (told?.retryable === true && !outcomeUnknown)
    this.retryAt = details.retryAt ?? (told?.retryAt === undefined ? null : new Date(told.retryAt))
    this.account = told?.account ?? null
    this.requestId = told?.requestId ?? null
    this.errors = errors
    this.data = data
    this.outcomeUnknown = outcomeUnknown
  }
}

/** With these a mutation may have begun, and what became of it is not told. */
const unknownOutcomeCodes: ReadonlySet<string> = new Set<ServerErrorCode>([
  'OUTCOME_UNKNOWN',
  'DEADLINE_EXCEEDED',
  'SHUTTING_DOWN',
  'INTERNAL',
])

/** Of an answer with GraphQL errors. */
export function createResponseError(errors: readonly AnsweredError[], data: unknown, mutation: boolean): ParleyError {
  const first = errors[0]
  const outcomeUnknown =
    mutation && errors.some(({ extensions }) => unknownOutcomeCodes.has(extensions?.code ?? 'INTERNAL'))
  return new ParleyError(first?.extensions?.code ?? 'INTERNAL', first?.message ?? 'No answer and no error came.', {
    outcomeUnknown,
    errors,
    data,
  })
}

/** Creates the error for a response that is not a GraphQL response, such as a proxy's page. */
export function createUnexpectedResponseError(status: number, mutation: boolean): ParleyError {
  const behind = status >= 500 || status < 400
  const text = `The response has HTTP status ${status} and is not a GraphQL response. Check the URL of the API, which usually ends with "/graphql".`
  return new ParleyError('UNREACHABLE', text, {
    outcomeUnknown: mutation && behind,
    retryable: status === 429 || (status >= 500 && !mutation),
  })
}

/** Of a request that got no answer at all. */
export function createConnectionError(error: unknown, mutation: boolean): ParleyError {
  const { code, syscall, message } = findSystemError(error)
  const left = !beforeSending.test(code ?? '') && syscall !== 'connect' && syscall !== 'getaddrinfo'
  const isForeign = otherProtocol.test(code ?? '')
  return new ParleyError(
    'UNREACHABLE',
    `The server could not be reached, or its answer was lost (${code ?? message}).`,
    { outcomeUnknown: mutation && left, retryable: !isForeign && !(mutation && left), cause: error },
  )
}

/** The server at this URL does not speak HTTP, or not HTTPS. */
const otherProtocol =
  /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|HPE_INVALID_(CONSTANT|VERSION))$/

/** TLS that did not come about, and fetch's own word for a connection that did not. */
const beforeSending = /^(ERR_TLS_.*|ERR_SSL_.*|.*CERT.*|.*SIGNATURE|UND_ERR_CONNECT_TIMEOUT)$/

/** The error that has a code: fetch hides it in the cause, a connection tried at several addresses in a list. */
function findSystemError(error: unknown): { code?: string; syscall?: string; message: string } {
  if (!(error instanceof Error)) return { message: String(error) }
  if ('code' in error && !(error instanceof AggregateError)) return error as { code: string } & Error
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return inner ? findSystemError(inner) : error
}
