/** All error codes of the API, by kind. docs/errors-and-outcomes.md describes each. */
const codesByKind = {
  INPUT: [
    'BAD_USER_INPUT',
    'INVALID_CURSOR',
    'CURSOR_EXPIRED',
    'CURSOR_FOREIGN',
    'INVALID_ID',
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
    'PERSISTED_QUERY_NOT_FOUND',
    'PERSISTED_QUERY_NOT_IN_LIST',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'UPLOAD_ABORTED',
    'UPLOAD_EMPTY',
    'VENDOR_REJECTED',
  ],
  UNAUTHENTICATED: ['UNAUTHENTICATED'],
  FORBIDDEN: ['FORBIDDEN', 'CSRF_BLOCKED'],
  NOT_FOUND: ['NOT_FOUND', 'LINK_EXPIRED'],
  CONFLICT: ['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'VENDOR_CONFLICT'],
  UNSUPPORTED: ['UNSUPPORTED_BY_VENDOR'],
  RATE_LIMITED: ['VENDOR_RATE_LIMITED', 'TOO_MANY_REQUESTS', 'TOO_MANY_SUBSCRIPTIONS', 'STORE_QUOTA_EXCEEDED'],
  MISCONFIGURED: ['VENDOR_TLS_ERROR', 'VENDOR_FORBIDDEN', 'VENDOR_AUTH_FAILED'],
  UNAVAILABLE: [
    'VENDOR_UNAVAILABLE',
    'VENDOR_TIMEOUT',
    'VENDOR_BAD_RESPONSE',
    'VENDOR_RESPONSE_TOO_LARGE',
    'NOT_READY',
    'PAGING_UNSAFE_LINK',
    'PAGING_LOOP',
    'OVERLOADED',
    'DEADLINE_EXCEEDED',
    'SHUTTING_DOWN',
    'STORE_UNAVAILABLE',
    'AUTHENTICATION_UNAVAILABLE',
  ],
  UNKNOWN_OUTCOME: ['OUTCOME_UNKNOWN'],
  /** Always means a bug in Parley. */
  INTERNAL: ['INTERNAL'],
} as const

/** Kind of an error. The list is closed: a new code belongs to one of these kinds. */
export type ErrorKind = keyof typeof codesByKind

/** An error code of the API. */
export type Code = (typeof codesByKind)[ErrorKind][number]

const kindByCode = new Map(
  Object.entries(codesByKind).flatMap(([kind, codes]) => codes.map((code) => [code as Code, kind as ErrorKind])),
)

export const getErrorKind = (code: Code): ErrorKind => kindByCode.get(code)!
