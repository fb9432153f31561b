import type { Code } from './error-codes.ts'

/**
 * What is known about the effect of a failed vendor request.
 *
 * - `not-sent`: the request was not sent, or had no effect.
 * - `rejected`: the vendor rejected it and changed nothing.
 * - `unknown`: it was sent, but no usable response arrived.
 * - `unread`: a 2xx status arrived, but its body could not be read.
 */
export type DeliveryStatus = 'not-sent' | 'rejected' | 'unknown' | 'unread'

export interface ProblemDetails {
  /** Whether the same request can succeed later. Default: depends on the code. */
  retryable?: boolean
  /** When a retry can succeed, in milliseconds since the epoch. Null if this is not known. */
  retryAt?: number | null
  /** Path of the input field that caused the error, such as `['input', 'title']`. Null if no input caused it. */
  path?: readonly string[] | null
  /** HTTP status of the vendor's response. */
  vendorStatus?: number | null
  /** Error code of the vendor, shortened to 300 characters. */
  vendorCode?: string | null
  /** Error message of the vendor, redacted, shortened to 300 characters. */
  vendorMessage?: string | null
  /** Default: `not-sent`. */
  delivery?: DeliveryStatus
  /**
   * Whether a read can be retried after this error although its code alone does not allow it: as often as the limit
   * `attempts` allows, or once. Default: null, not at all.
   */
  readRetry?: 'allowed' | 'once' | null
  /** Key of the account in which the error occurred. */
  account?: string | null
  cause?: unknown
}

/** Changes that `Problem.with` makes. Omitted members are unchanged. */
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
  'NOT_READY',
  'PAGING_UNSAFE_LINK',
  'PAGING_LOOP',
  'OVERLOADED',
  'TOO_MANY_REQUESTS',
  'TOO_MANY_SUBSCRIPTIONS',
  'DEADLINE_EXCEEDED',
  'SHUTTING_DOWN',
  'STORE_UNAVAILABLE',
  'AUTHENTICATION_UNAVAILABLE',
  'STORE_QUOTA_EXCEEDED',
  'IDEMPOTENCY_IN_PROGRESS',
])

/** An error with a code of the API. Its message can be shown to the caller and logged. */
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
    this.vendorCode = sanitizeOrNull(details.vendorCode)
    this.vendorMessage = sanitizeOrNull(details.vendorMessage)
    this.delivery = details.delivery ?? 'not-sent'
    this.readRetry = details.readRetry ?? null
    this.account = details.account ?? null
  }

  /** Returns a copy with other details, code, or message. */
  with({ code = this.code, message = this.message, ...details }: ProblemChanges): Problem {
    return new Problem(code, message, { ...this, cause: this.cause, ...details })
  }

  /** Sets the delivery status of an error of a request that cannot have an effect, such as a read. Returns this error. */
  markWithoutEffect(): this {
    if (this.delivery !== 'rejected') this.delivery = 'not-sent'
    return this
  }
}

/**
 * Calls `create` and returns its error, which has no stack trace. The stack trace is most of the cost of an error, and one
 * request can cause thousands of errors.
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

/**
 * Creates the error of a body or file that is too large.
 *
 * @param maxBytes The limit that was exceeded.
 */
export function createPayloadTooLargeProblem(maxBytes: number): Problem {
  return new Problem('PAYLOAD_TOO_LARGE', `The request body or file is too large. The limit is ${maxBytes} bytes.`)
}

/**
 * Creates the error of a bug in Parley.
 *
 * @param reason Clause after "Internal error", without a period. Empty if the cause must not be shown to the caller.
 */
export function createInternalProblem(details: ProblemDetails, reason = ''): Problem {
  const subject = reason === '' ? 'Internal error' : `Internal error: ${reason}`
  const message = `${subject}. Report it with the request ID, which identifies it in the server's log.`
  return new Problem('INTERNAL', message, details)
}

/** Creates the error of an upload whose client disconnected or whose file could not be read to the end. */
export function createUploadAbortedProblem(): Problem {
  return new Problem('UPLOAD_ABORTED', 'The upload ended before the end of the file. Upload the file again.')
}

/**
 * Replaces control characters (line ends, terminal escapes, direction overrides) with spaces, and shortens the text to
 * 300 characters.
 */
export function sanitizeText(text: string): string {
  const clean = text
    .slice(0, 10_000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return clean.length <= 300 ? clean : `${clean.slice(0, 299).replace(/[\uD800-\uDBFF]$/, '')}…`
}

const sanitizeOrNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : sanitizeText(text)
