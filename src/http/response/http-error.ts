import type { Code } from '../../core/errors.ts'
import { Problem } from '../../core/errors.ts'

/** Every HTTP status that is not 200 or 400 stands here or with the Refusal that asks for it. */
const statuses: Partial<Record<Code, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CSRF_BLOCKED: 403,
  UPLOAD_ABORTED: 408,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  OVERLOADED: 503,
  SHUTTING_DOWN: 503,
  STORE_UNAVAILABLE: 503,
  AUTHENTICATION_UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
}

const headersOf: Partial<Record<Code, Record<string, string>>> = {
  UNAUTHENTICATED: { 'www-authenticate': 'Bearer' },
  OVERLOADED: { 'retry-after': '1' },
  TOO_MANY_REQUESTS: { 'retry-after': '1' },
  SHUTTING_DOWN: { 'retry-after': '1' },
  AUTHENTICATION_UNAVAILABLE: { 'retry-after': '5' },
}

export interface ResponseHead {
  status: number
  headers: Record<string, string>
}

/** A refusal of the HTTP request itself: its status stays what it is, whatever media type the answer has. */
export class HttpError extends Error {
  readonly problem: Problem
  readonly answer: ResponseHead

  constructor(problem: Problem, answer: Partial<ResponseHead> = {}) {
    super(problem.message)
    this.name = 'Refusal'
    this.problem = problem
    this.answer = {
      status: answer.status ?? statuses[problem.code] ?? 400,
      headers: { ...headersOf[problem.code], ...retryAfter(problem), ...answer.headers },
    }
  }
}

/** In whole seconds, so that a client that obeys is not too early. */
function retryAfter({ retryAt }: Problem): ResponseHead['headers'] {
  return retryAt === null ? {} : { 'retry-after': `${Math.max(1, Math.ceil((retryAt - Date.now()) / 1000))}` }
}

export type MediaType = 'application/graphql-response+json' | 'application/json'

/** The status of a GraphQL answer: as graphql-http's audits have it, a request error is 200 where it goes as application/json. */
export function getResponseHead(codes: readonly Code[], hasData: boolean, mediaType: MediaType): ResponseHead {
  const [code] = codes
  if (hasData || code === undefined) return { status: 200, headers: {} }
  const status = statuses[code] ?? (mediaType === 'application/json' ? 200 : 400)
  return { status, headers: { ...headersOf[code] } }
}
