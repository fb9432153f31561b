import { Problem } from '../../core/errors.ts'
import type { FormattedError } from './format-error.ts'
import { measureJson } from '../../core/json-size.ts'

/** Content of a GraphQL response. */
export interface GraphQLResponse {
  errors?: readonly FormattedError[]
  data?: Record<string, unknown> | null
  extensions?: Record<string, unknown>
}

/** Maximum size of a field that a shortened payload keeps. The outcome and the ID of the operation are far smaller. */
const maxKeptBytes = 4 * 1024

type FormatProblem = (problem: Problem, path?: readonly string[]) => FormattedError

export interface ResponseLimitOptions {
  maxBytes: number
  /** Upper bound of the size of the data. */
  maxDataBytes: number
  isMutation: boolean
  format: FormatProblem
}

/** Upper bound of the size of a response without its errors, data, and extensions. */
const envelopeBytes = 64

/** Avoids measuring every value of a response, because nearly all responses are far below the limit. */
function isSurelyWithinLimit(
  { errors = [], extensions }: GraphQLResponse,
  { maxBytes, maxDataBytes }: ResponseLimitOptions,
): boolean {
  const extensionBytes = extensions ? measureJson(extensions, maxBytes) : 0
  const left = maxBytes - maxDataBytes - envelopeBytes - extensionBytes
  return left >= 0 && (errors.length === 0 || measureJson(errors, left) <= left)
}

/**
 * Returns the response if it has at most `maxBytes`. Otherwise, an error replaces the data. The result of a mutation
 * keeps the small fields of its payloads, such as the outcome, and has an error for each field that is omitted.
 */
export function limitResponse(response: GraphQLResponse, options: ResponseLimitOptions): GraphQLResponse {
  const { maxBytes, isMutation, format } = options
  if (isSurelyWithinLimit(response, options) || measureJson(response, maxBytes) <= maxBytes) return response
  const limit = `The limit "responseBytes" is ${maxBytes}.`
  if (isMutation && response.data) {
    const text = `This field is omitted because the result is too large. ${limit} The mutation was executed. Its outcome is final.`
    const shortened = shortenPayloads(response, (path) => format(createProblem(text), path))
    if (measureJson(shortened, maxBytes) <= maxBytes) return shortened
  }
  return {
    errors: [format(createProblem(`The result is too large. ${limit} Request fewer fields or smaller pages.`))],
    data: null,
  }
}

function shortenPayloads(
  { data, errors: earlier = [] }: GraphQLResponse,
  formatAt: (path: string[]) => FormattedError,
): GraphQLResponse {
  const errors: FormattedError[] = []
  const shorten = ([name, payload]: [string, unknown]): [string, unknown] => {
    if (typeof payload !== 'object' || payload === null) return [name, payload]
    const kept = Object.entries(payload).map(([field, value]) => {
      // A list cannot be null. The only list of a payload is `problems`, which is short.
      if (Array.isArray(value) || measureJson(value, maxKeptBytes) <= maxKeptBytes) return [field, value] as const
      errors.push(formatAt([name, field]))
      return [field, null] as const
    })
    return [name, Object.fromEntries(kept)]
  }
  const shortened = Object.fromEntries(Object.entries(data ?? {}).map(shorten))
  return { errors: [...errors, ...earlier], data: shortened }
}

const createProblem = (message: string): Problem => new Problem('OPERATION_TOO_EXPENSIVE', message)
