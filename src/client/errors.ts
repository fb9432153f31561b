import type { ErrorCode, ServerErrorCode, ServerErrorKind } from './error-code.ts'

/** A GraphQL error in a response of Parley. */
export interface GraphqlResponseError {
  message: string
  path?: readonly (string | number)[]
  extensions?: {
    code?: ServerErrorCode
    kind?: ServerErrorKind
    retryable?: boolean
    account?: string
    vendor?: string
    retryAt?: string
    requestId?: string
  }
}

interface ParleyErrorDetails {
  /** Whether the request was a mutation that may have taken effect. */
  outcomeUnknown: boolean
  retryable?: boolean
  retryAt?: Date | null
  errors?: readonly GraphqlResponseError[]
  data?: unknown
  cause?: unknown
}

/** A request that failed, or whose response has errors. Describes the first error; `errors` holds all of them. */
export class ParleyError extends Error {
  readonly code: ErrorCode
  /** Kind of the error, from a closed list. Null if no GraphQL error arrived. */
  readonly kind: ServerErrorKind | null
  /** Whether the same request can succeed later. */
  readonly retryable: boolean
  /** Earliest time for a retry. Null if it is not known. */
  readonly retryAt: Date | null
  /** Key of the account that the error comes from. Null if the error does not belong to an account. */
  readonly account: string | null
  /** Identifies the request in the server's log. Null if no GraphQL error with a request ID arrived. */
  readonly requestId: string | null
  readonly errors: readonly GraphqlResponseError[]
  /** Data of the response. Null if there was none. */
  readonly data: unknown
  /**
   * Whether the request was a mutation that may have taken effect. If true, query its operation, or send the mutation
   * again with the same idempotency key.
   */
  readonly outcomeUnknown: boolean

  constructor(code: ErrorCode, message: string, details: ParleyErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'ParleyError'
    const { errors = [], data = null, outcomeUnknown } = details
    const extensions = errors[0]?.extensions
    this.code = code
    this.kind = extensions?.kind ?? null
    this.retryable = details.retryable ?? (extensions?.retryable === true && !outcomeUnknown)
    this.retryAt = details.retryAt ?? (extensions?.retryAt === undefined ? null : new Date(extensions.retryAt))
    this.account = extensions?.account ?? null
    this.requestId = extensions?.requestId ?? null
    this.errors = errors
    this.data = data
    this.outcomeUnknown = outcomeUnknown
  }
}

/** Codes of errors after which a mutation may have taken effect, although the response has no payload. */
const unknownOutcomeCodes: ReadonlySet<string> = new Set<ServerErrorCode>([
  'OUTCOME_UNKNOWN',
  'DEADLINE_EXCEEDED',
  'SHUTTING_DOWN',
  'INTERNAL',
])

/**
 * Creates the error for a response with GraphQL errors.
 *
 * @param retryAt Earliest time for a retry, if the response has a header with it. Null: as the first error reports.
 */
export function createResponseError(
  errors: readonly GraphqlResponseError[],
  data: unknown,
  isMutation: boolean,
  retryAt: Date | null = null,
): ParleyError {
  const first = errors[0]
  const outcomeUnknown =
    isMutation && errors.some(({ extensions }) => unknownOutcomeCodes.has(extensions?.code ?? 'INTERNAL'))
  return new ParleyError(
    first?.extensions?.code ?? 'INTERNAL',
    first?.message ?? 'The response has neither data nor errors.',
    {
      outcomeUnknown,
      retryAt,
      errors,
      data,
    },
  )
}

/**
 * Creates the error for a response that is not a GraphQL response, such as a proxy's page.
 *
 * @param retryAt Earliest time for a retry, if the response has a header with it.
 */
export function createUnexpectedResponseError(
  status: number,
  isMutation: boolean,
  retryAt: Date | null = null,
): ParleyError {
  const mayHaveTakenEffect = status >= 500 || status < 400
  const text = `The response has HTTP status ${status} and is not a GraphQL response. Check the URL of the API, which usually ends with "/graphql".`
  return new ParleyError('UNREACHABLE', text, {
    outcomeUnknown: isMutation && mayHaveTakenEffect,
    retryable: status === 429 || (status >= 500 && !isMutation),
    retryAt,
  })
}

/** Creates the error for a request that received no response. */
export function createConnectionError(error: unknown, isMutation: boolean): ParleyError {
  const { code, syscall, message } = findSystemError(error)
  const mayBeSent = !beforeSending.test(code ?? '') && syscall !== 'connect' && syscall !== 'getaddrinfo'
  const isForeign = otherProtocol.test(code ?? '')
  const reason = code ?? message
  const text = mayBeSent
    ? `The server could not be reached, or its response was lost (${reason}).`
    : `The server could not be reached (${reason}). Check the URL, and whether the server is running.`
  return new ParleyError('UNREACHABLE', text, {
    outcomeUnknown: isMutation && mayBeSent,
    retryable: !isForeign && !(isMutation && mayBeSent),
    cause: error,
  })
}

/** Codes of Node for a server that does not use HTTP, or not HTTPS, at this URL. */
const otherProtocol =
  /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|HPE_INVALID_(CONSTANT|VERSION))$/

/** Codes of Node for a failed TLS handshake, and the code of `fetch` for a connection that timed out. */
const beforeSending = /^(ERR_TLS_.*|ERR_SSL_.*|.*CERT.*|.*SIGNATURE|UND_ERR_CONNECT_TIMEOUT)$/

/**
 * Returns the error that has a code. `fetch` has it in `cause`. A connection that tries several addresses has it in a list
 * of errors.
 */
function findSystemError(error: unknown): { code?: string; syscall?: string; message: string } {
  if (!(error instanceof Error)) return { message: String(error) }
  if ('code' in error && !(error instanceof AggregateError)) return error as { code: string } & Error
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return inner ? findSystemError(inner) : error
}
