import { Problem } from '../../core/errors.ts'
import type { FormattedError } from './format-error.ts'
import { measureJson } from '../../core/json-size.ts'

/** What a GraphQL response holds. */
export interface GraphQLResponse {
  errors?: readonly FormattedError[]
  data?: Record<string, unknown> | null
}

/** A field of a mutation's payload is kept up to this size: its outcome and the ID of its operation are far smaller. */
const maxKeptBytes = 4 * 1024

type FormatProblem = (problem: Problem, path?: readonly string[]) => FormattedError

export interface ResponseLimitOptions {
  maxBytes: number
  /** Upper bound of the bytes of the data. */
  maxDataBytes: number
  isMutation: boolean
  format: FormatProblem
}

/** What surrounds the errors and the data. */
const envelopeBytes = 64

/** Spares the look at every value of a response, which is nearly always far below the limit. */
function isSurelyWithin({ errors = [] }: GraphQLResponse, { maxBytes, maxDataBytes }: ResponseLimitOptions): boolean {
  const left = maxBytes - maxDataBytes - envelopeBytes
  return left >= 0 && (errors.length === 0 || measureJson(errors, left) <= left)
}

/**
 * The response, if it has at most `maxBytes`. Else an error takes the place of the data. A mutation keeps the small fields of its
 * payloads, so that the caller still learns its outcome; an error stands for each field that is left out.
 */
export function limitResponse(response: GraphQLResponse, options: ResponseLimitOptions): GraphQLResponse {
  const { maxBytes, isMutation, format } = options
  if (isSurelyWithin(response, options) || measureJson(response, maxBytes) <= maxBytes) return response
  const limit = `The limit "responseBytes" is ${maxBytes}.`
  if (isMutation && response.data) {
    const text = `This part of the result is too large and is left out. ${limit} The outcome of the mutation is final.`
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
      // A list cannot be null; problems are the only one of a payload, and short.
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
