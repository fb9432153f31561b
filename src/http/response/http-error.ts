import type { Code } from '../../core/error-codes.ts'
import { Problem } from '../../core/errors.ts'

/** Default status of each code. Other codes have 200 or 400. */
const statusByCode: Partial<Record<Code, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CSRF_BLOCKED: 403,
  LINK_EXPIRED: 410,
  UPLOAD_ABORTED: 408,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  TOO_MANY_SUBSCRIPTIONS: 429,
  INTERNAL: 500,
  OVERLOADED: 503,
  SHUTTING_DOWN: 503,
  STORE_UNAVAILABLE: 503,
  AUTHENTICATION_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
}

const headersByCode: Partial<Record<Code, Record<string, string>>> = {
  UNAUTHENTICATED: { 'www-authenticate': 'Bearer' },
  OVERLOADED: { 'retry-after': '1' },
  TOO_MANY_REQUESTS: { 'retry-after': '1' },
  TOO_MANY_SUBSCRIPTIONS: { 'retry-after': '1' },
  SHUTTING_DOWN: { 'retry-after': '1' },
  AUTHENTICATION_UNAVAILABLE: { 'retry-after': '5' },
}

/** Status and headers of a response. */
export interface ResponseHead {
  status: number
  headers: Record<string, string>
}

/**
 * Rejects an HTTP request. Unlike that of a GraphQL error, the status does not depend on the media type of the
 * response.
 */
export class HttpError extends Error {
  readonly problem: Problem
  readonly head: ResponseHead

  /** @param head Default: the status and headers of the code of the problem. */
  constructor(problem: Problem, head: Partial<ResponseHead> = {}) {
    super(problem.message)
    this.name = 'HttpError'
    this.problem = problem
    this.head = {
      status: head.status ?? statusByCode[problem.code] ?? 400,
      headers: { ...headersByCode[problem.code], ...createRetryAfter(problem), ...head.headers },
    }
  }
}

/** Creates a `BAD_USER_INPUT` error with an HTTP status. */
export function createBadRequest(text: string, status = 400): HttpError {
  return new HttpError(new Problem('BAD_USER_INPUT', text), { status })
}

/** Rounds up to whole seconds, so that the client does not retry too early. */
function createRetryAfter({ retryAt }: Problem): ResponseHead['headers'] {
  return retryAt === null ? {} : { 'retry-after': `${Math.max(1, Math.ceil((retryAt - Date.now()) / 1000))}` }
}

export const eventStreamType = 'text/event-stream'
export type MediaType = 'application/graphql-response+json' | 'application/json' | typeof eventStreamType

/** Statuses of responses that are JSON although the client prefers an event stream. */
const statusesWithoutEvents: ReadonlySet<number> = new Set([401, 405, 406, 413, 415, 429, 503])

/**
 * Returns the status and headers of a GraphQL response. As the GraphQL over HTTP specification recommends, an error of the
 * request has the status 200 if the response is `application/json`. In an event stream, nearly all errors have the
 * status 200, because browsers do not pass other responses to the page.
 *
 * @param hasData Whether the operation was executed.
 */
export function getResponseHead(codes: readonly Code[], hasData: boolean, mediaType: MediaType): ResponseHead {
  const [code] = codes
  if (hasData || code === undefined) return { status: 200, headers: {} }
  const status = statusByCode[code] ?? (mediaType === 'application/json' ? 200 : 400)
  if (mediaType === eventStreamType && !statusesWithoutEvents.has(status)) return { status: 200, headers: {} }
  return { status, headers: { ...headersByCode[code] } }
}
