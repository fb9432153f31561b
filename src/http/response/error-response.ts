import type { Code } from '../../core/error-codes.ts'
import { Problem } from '../../core/errors.ts'
import { formatError, type ErrorFormatter, type FormattedError } from './format-error.ts'
import { HttpError, type ResponseHead } from './http-error.ts'
import type { OutgoingResponse } from './outgoing-response.ts'

/** Creates the response to a request that fails without a GraphQL result. */
export function createErrorResponse(error: unknown, formatter: ErrorFormatter): OutgoingResponse & { code: Code } {
  const { formatted, head } = formatRejection(error, formatter)
  return createJsonResponse(head, formatted.extensions.code, { errors: [formatted] })
}

/** Formats the error of a request that fails without a result, and returns the head of its response. */
export function formatRejection(
  error: unknown,
  formatter: ErrorFormatter,
): { formatted: FormattedError; head: ResponseHead } {
  const formatted = formatError(error, formatter)
  const problem = error instanceof Problem ? error : new Problem(formatted.extensions.code, formatted.message)
  const { head } = error instanceof HttpError ? error : new HttpError(problem)
  return { formatted, head }
}

export function createJsonResponse(
  { status, headers }: ResponseHead,
  code: Code,
  body: object,
): OutgoingResponse & { code: Code } {
  const type = { 'content-type': 'application/json; charset=utf-8' }
  return { code, status, headers: { ...type, ...headers }, body: JSON.stringify(body) }
}
