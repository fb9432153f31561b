import { GraphQLError } from 'graphql'
import { Problem } from '../../core/errors.ts'
import type { Code } from '../../core/errors.ts'
import { formatRfc3339 } from '../../core/rfc3339.ts'
import { getLocations } from '../guard/node-location.ts'
import { HttpError } from './http-error.ts'

export interface FormattedError {
  message: string
  path?: readonly (string | number)[]
  locations?: readonly { line: number; column: number }[]
  extensions: {
    code: Code
    retryable: boolean
    account?: string
    vendor?: string
    retryAt?: string
    requestId: string
  }
}

export interface ErrorFormatter {
  requestId: string
  /** Whether suggestions, which give the schema away, are told. */
  explore: boolean
  getVendorName(account: string): string | null
  /** Told of every error that is a defect of ours. */
  onDefect(error: unknown): void
}

/** Any error as the caller may see it. */
export function formatError(error: unknown, to: ErrorFormatter): FormattedError {
  const problem = toPresentableProblem(error, to)
  const { code, retryable, account, retryAt } = problem
  const vendor = account === null ? null : to.getVendorName(account)
  return {
    message: problem.message,
    ...(error instanceof GraphQLError && getErrorPosition(error)),
    extensions: {
      code,
      retryable,
      ...(account !== null && { account }),
      ...(vendor !== null && { vendor }),
      ...(retryAt !== null && { retryAt: formatRfc3339(new Date(retryAt)) }),
      requestId: to.requestId,
    },
  }
}

function getErrorPosition(error: GraphQLError) {
  const { path } = error
  const locations = getLocations(error)
  return { ...(path && { path }), ...(locations && { locations }) }
}

function toPresentableProblem(error: unknown, { explore, onDefect }: ErrorFormatter): Problem {
  const cause = unwrapError(error)
  // A scalar's own words about a literal; that it was refused while validating is what the code tells.
  if (cause instanceof Problem && isValidation(error))
    return new Problem('GRAPHQL_VALIDATION_FAILED', prefixArgument(error, cause.message))
  if (cause instanceof Problem) return cause
  if (cause instanceof HttpError) return cause.problem
  const code = error instanceof GraphQLError ? getGraphqlErrorCode(error, cause) : null
  if (code === null) {
    onDefect(cause)
    return new Problem('INTERNAL', 'Something went wrong on our side. The request id finds it in the log.')
  }
  const text = stripInputValues((error as GraphQLError).message)
  return new Problem(code, prefixArgument(error, explore ? text : stripSuggestion(text)))
}

/** With the argument at fault in front, where the error tells of one. */
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

/** graphql repeats values and unexpected text in its messages; the location says where they stand. */
function stripInputValues(message: string): string {
  return message
    .replace(/^(Syntax Error: .*?) ?".*$/s, '$1.')
    .replace(/^(Expected value of type "\w+[^"]*"), found .*$/s, '$1.')
    .replace(/^(Enum "\w+"|\w+) cannot represent ([^:]+): .*$/s, '$1 cannot represent this $2.')
    .replace(/^Value .* does not exist in (".*?" enum)/s, 'The value does not exist in $1')
    .replace(
      / has invalid value .*$/s,
      ' has an invalid value: a variable in it is missing or null where it may not be.',
    )
}

export function stripSuggestion(message: string): string {
  return message.replace(/ Did you mean .*$/s, '')
}
