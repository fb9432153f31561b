/** What a caller did that cannot be answered. */
const clientCodes = [
  'BAD_USER_INPUT',
  'INVALID_CURSOR',
  'CURSOR_EXPIRED',
  'CURSOR_FOREIGN',
  'INVALID_ID',
  'NOT_FOUND',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'MAX_TOKENS_LIMIT',
  'MAX_DEPTH_LIMIT',
  'MAX_ALIASES_LIMIT',
  'MAX_ROOT_FIELDS_LIMIT',
  'MAX_DIRECTIVES_LIMIT',
  'OPERATION_TOO_EXPENSIVE',
  'BATCHING_DISABLED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'CSRF_BLOCKED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'TOO_MANY_REQUESTS',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_IN_PROGRESS',
  'UPLOAD_ABORTED',
  'UPLOAD_EMPTY',
  'UNSUPPORTED_BY_VENDOR',
] as const

/** What a vendor, its network or its tokens did. */
const vendorCodes = [
  'VENDOR_UNAVAILABLE',
  'VENDOR_TIMEOUT',
  'VENDOR_TLS_ERROR',
  'VENDOR_RATE_LIMITED',
  'VENDOR_AUTH_FAILED',
  'VENDOR_FORBIDDEN',
  'VENDOR_BAD_RESPONSE',
  'VENDOR_RESPONSE_TOO_LARGE',
  'VENDOR_CONFLICT',
  'VENDOR_REJECTED',
  'PAGING_UNSAFE_LINK',
  'PAGING_LOOP',
] as const

const serverCodes = [
  'OUTCOME_UNKNOWN',
  'OVERLOADED',
  'DEADLINE_EXCEEDED',
  'SHUTTING_DOWN',
  'STORE_UNAVAILABLE',
  'AUTHENTICATION_UNAVAILABLE',
  'STORE_QUOTA_EXCEEDED',
  'INTERNAL',
] as const

/** Every error code that a client can meet; INTERNAL is a defect of ours, whenever it is seen. */
export type Code = (typeof clientCodes)[number] | (typeof vendorCodes)[number] | (typeof serverCodes)[number]

/**
 * What a failed vendor request proves about its effect:
 * `not-sent` it never left us; `refused` the vendor answered and did nothing; `unknown` it left and no answer came;
 * `unread` a 2xx status came and its body was lost.
 */
export type DeliveryStatus = 'not-sent' | 'rejected' | 'unknown' | 'unread'

export interface ProblemDetails {
  retryable?: boolean
  /** Milliseconds since the epoch. */
  retryAt?: number | null
  /** The input field at fault, e.g. `['input', 'title']`. */
  path?: readonly string[] | null
  /** The vendor's HTTP status, and its own code and message, of which at most 300 characters are kept. */
  vendorStatus?: number | null
  vendorCode?: string | null
  vendorMessage?: string | null
  delivery?: DeliveryStatus
  /** A read that failed so may be asked again; default never (where the code alone does not allow it). */
  readRetry?: 'allowed' | 'once' | null
  /** Key of the account that it happened in. */
  account?: string | null
  cause?: unknown
}

/** What `Problem.with` changes; omitted members are unchanged. */
export interface ProblemChanges extends ProblemDetails {
  code?: Code
  message?: string
}

const retryableCodes: ReadonlySet<Code> = new Set<Code>([
  'VENDOR_UNAVAILABLE',
  'VENDOR_TIMEOUT',
  'VENDOR_RATE_LIMITED',
  'VENDOR_FORBIDDEN',
  'VENDOR_BAD_RESPONSE',
  'VENDOR_RESPONSE_TOO_LARGE',
  'PAGING_UNSAFE_LINK',
  'PAGING_LOOP',
  'OVERLOADED',
  'TOO_MANY_REQUESTS',
  'DEADLINE_EXCEEDED',
  'SHUTTING_DOWN',
  'STORE_UNAVAILABLE',
  'AUTHENTICATION_UNAVAILABLE',
  'STORE_QUOTA_EXCEEDED',
  'IDEMPOTENCY_IN_PROGRESS',
])

/** One thing that went wrong, in our words; safe to show to the caller and to log. */
export class Problem extends Error {
  readonly code: Code
  readonly retryable: boolean
  readonly retryAt: number | null
  readonly path: readonly string[] | null
  readonly vendorStatus: number | null
  readonly vendorCode: string | null
  readonly vendorMessage: string | null
  delivery: DeliveryStatus
  readonly readRetry: 'allowed' | 'once' | null
  account: string | null

  constructor(code: Code, message: string, details: ProblemDetails = {}) {
    super(sanitizeText(message), details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'Problem'
    this.code = code
    this.retryable = details.retryable ?? retryableCodes.has(code)
    this.retryAt = details.retryAt ?? null
    this.path = details.path ?? null
    this.vendorStatus = details.vendorStatus ?? null
    this.vendorCode = presentableOrNull(details.vendorCode)
    this.vendorMessage = presentableOrNull(details.vendorMessage)
    this.delivery = details.delivery ?? 'not-sent'
    this.readRetry = details.readRetry ?? null
    this.account = details.account ?? null
  }

  /** Returns a copy with other details, code, or message. */
  with({ code = this.code, message = this.message, ...details }: ProblemChanges): Problem {
    return new Problem(code, message, { ...this, cause: this.cause, ...details })
  }

  /** Of a request without an effect: whatever became of it, nothing was done. */
  markWithoutEffect(): this {
    if (this.delivery !== 'rejected') this.delivery = 'not-sent'
    return this
  }
}

/**
 * Creates an error whose stack trace is empty. The stack trace is most of an error's cost, and of no use for an input that
 * a caller can get wrong thousands of times in one request.
 */
export function withoutStack<E extends Error>(create: () => E): E {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return create()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** @param maxBytes The limit that was exceeded. */
export function createPayloadTooLargeProblem(maxBytes: number): Problem {
  return new Problem('PAYLOAD_TOO_LARGE', `Too large: at most ${maxBytes} bytes are accepted.`)
}

/** At most 300 characters, control characters (line ends, terminal escapes, direction overrides) taken out. */
export function sanitizeText(text: string): string {
  const clean = text
    .slice(0, 10_000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return clean.length <= 300 ? clean : `${clean.slice(0, 299).replace(/[\uD800-\uDBFF]$/, '')}…`
}

const presentableOrNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : sanitizeText(text)
