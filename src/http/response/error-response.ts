import type { Code } from '../../core/error-codes.ts'
import { Problem } from '../../core/errors.ts'
import { formatError, type ErrorFormatter } from './format-error.ts'
import { HttpError } from './http-error.ts'
import type { OutgoingResponse } from './outgoing-response.ts'

/** Creates the response to a request that fails without a GraphQL result. */
export function createErrorResponse(error: unknown, formatter: ErrorFormatter): OutgoingResponse & { code: Code } {
  const formatted = formatError(error, formatter)
  const { code } = formatted.extensions
  const problem = error instanceof Problem ? error : new Problem(code, formatted.message)
  const { head } = error instanceof HttpError ? error : new HttpError(problem)
  const headers = { 'content-type': 'application/json; charset=utf-8', ...head.headers }
  return { code, status: head.status, headers, body: JSON.stringify({ errors: [formatted] }) }
}
