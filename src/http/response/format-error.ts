import { GraphQLError } from 'graphql'
import { createInternalProblem, Problem } from '../../core/errors.ts'
import { getErrorKind, type Code, type ErrorKind } from '../../core/error-codes.ts'
import { formatRfc3339 } from '../../core/rfc3339.ts'
import { getLocations } from '../guard/node-location.ts'
import { HttpError } from './http-error.ts'

/** An error in a GraphQL response. */
export interface FormattedError {
  message: string
  path?: readonly (string | number)[]
  locations?: readonly { line: number; column: number }[]
  extensions: {
    code: Code
    kind: ErrorKind
    retryable: boolean
    account?: string
    vendor?: string
    retryAt?: string
    requestId: string
  }
}

/** Settings of `formatError` for a request. */
export interface ErrorFormatter {
  requestId: string
  /** Whether messages can contain suggestions, which reveal the schema. */
  canExplore: boolean
  /** Returns the vendor of an account, by account key. Null if the account is unknown. */
  getVendorName(account: string): string | null
  /** Called with every internal error. */
  onInternalError(error: unknown): void
}

/** Formats an error for the caller. Internal errors are masked. */
export function formatError(error: unknown, formatter: ErrorFormatter): FormattedError {
  const problem = toPresentableProblem(error, formatter)
  const { code, retryable, account, retryAt } = problem
  const vendor = account === null ? null : formatter.getVendorName(account)
  return {
    message: problem.message,
    ...(error instanceof GraphQLError && getErrorPosition(error)),
    extensions: {
      code,
      kind: getErrorKind(code),
      retryable,
      ...(account !== null && { account }),
      ...(vendor !== null && { vendor }),
      ...(retryAt !== null && { retryAt: formatRfc3339(new Date(retryAt)) }),
      requestId: formatter.requestId,
    },
  }
}

function getErrorPosition(error: GraphQLError) {
  const { path } = error
  const locations = getLocations(error)
  return { ...(path && { path }), ...(locations && { locations }) }
}

function toPresentableProblem(error: unknown, { canExplore, onInternalError }: ErrorFormatter): Problem {
  const cause = unwrapError(error)
  // A scalar rejected a literal during validation.
  if (cause instanceof Problem && isValidation(error))
    return new Problem('GRAPHQL_VALIDATION_FAILED', prefixArgument(error, cause.message))
  if (cause instanceof Problem) return cause
  if (cause instanceof HttpError) return cause.problem
  const code = error instanceof GraphQLError ? getGraphqlErrorCode(error, cause) : null
  if (code === null) {
    onInternalError(cause)
    return createInternalProblem({})
  }
  const text = stripInputValues((error as GraphQLError).message)
  return new Problem(code, prefixArgument(error, canExplore ? text : stripSuggestion(text)))
}

/** Puts the path of the argument that caused the error before the text, if the path is known. */
function prefixArgument(error: unknown, text: string): string {
  const argument = error instanceof GraphQLError ? error.extensions['argument'] : undefined
  return typeof argument === 'string' && argument !== '' ? `${argument}: ${text}` : text
}

function unwrapError(error: unknown): unknown {
  let cause = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  return cause
}

function isValidation(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions['code'] === 'GRAPHQL_VALIDATION_FAILED'
}

function getGraphqlErrorCode(error: GraphQLError, cause: unknown): Code | null {
  if (error.message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED'
  if (isValidation(error)) return 'GRAPHQL_VALIDATION_FAILED'
  const argument = cause instanceof GraphQLError && cause.message.startsWith('Argument "')
  return argument ? 'BAD_USER_INPUT' : null
}

/** Removes values and unexpected text from a message of GraphQL.js. The locations of the error show where they are. */
function stripInputValues(message: string): string {
  return message
    .replace(/^(Syntax Error: .*?) ?".*$/s, '$1.')
    .replace(/^(Expected value of type "\w+[^"]*"), found .*$/s, '$1.')
    .replace(/^(Enum "\w+"|\w+) cannot represent ([^:]+): .*$/s, '$1 cannot represent this $2.')
    .replace(/^Value .* does not exist in (".*?" enum)/s, 'The value does not exist in $1')
    .replace(
      / has invalid value .*$/s,
      ' has an invalid value. A variable in it is missing or null, but a value is required.',
    )
}

/** Removes the suggestion of a similar name from a message of GraphQL.js. */
export function stripSuggestion(message: string): string {
  return message.replace(/ Did you mean .*$/s, '')
}
