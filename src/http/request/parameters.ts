import { Problem } from '../../core/errors.ts'
import { findInexactInteger } from './inexact-integer.ts'
import { assertJsonShape } from './json-shape.ts'
import type { HttpLimits } from '../limits.ts'
import { HttpError } from '../response/http-error.ts'

/** The parameters of a GraphQL request. */
export interface Parameters {
  query: string
  operationName?: string
  variables?: Record<string, unknown>
}

/** Maximum number of names in a JSON object. More than any input needs. */
const maxObjectKeys = 10_000
const parameterNames: ReadonlySet<string> = new Set(['query', 'operationName', 'variables', 'extensions'])

/** Creates a `BAD_USER_INPUT` error with an HTTP status. */
export function createBadRequest(text: string, status = 400): HttpError {
  return new HttpError(new Problem('BAD_USER_INPUT', text), { status })
}

/**
 * Parses JSON in UTF-8. A byte order mark is ignored.
 *
 * @throws `BAD_USER_INPUT` if it is not valid, too large, nested too deep, or has an integer that a double would round.
 */
export function parseRequestJson(bytes: Uint8Array | string, limits: HttpLimits): unknown {
  const text = typeof bytes === 'string' ? bytes.replace(/^\ufeff/, '') : decodeUtf8(bytes)
  // The values of the parameters are one level deep.
  assertJsonShape(text, limits.variableDepth + 1)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw createBadRequest('The request body is not valid JSON.')
  }
  assertObjectKeys(value)
  const name = findInexactInteger(text)
  if (name !== null)
    throw createBadRequest(
      `${name ? `"${name}"` : 'A list'} has an integer beyond ±2^53, which JSON numbers do not represent exactly. Send a smaller number, or a string if the type allows it.`,
    )
  return value
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw createBadRequest('The request body is not valid UTF-8.')
  }
}

/** Rejects objects with the name `__proto__` or with too many names. */
function assertObjectKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) assertObjectKeys(item)
    return
  }
  if (Object.hasOwn(value, '__proto__')) throw createBadRequest('The name "__proto__" is not allowed in JSON.')
  if (Object.keys(value).length > maxObjectKeys)
    throw createBadRequest(`A JSON object has too many names. The limit is ${maxObjectKeys}.`)
  for (const member of Object.values(value)) assertObjectKeys(member)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Validates the parameters of a request.
 *
 * @throws `BATCHING_DISABLED`, `PERSISTED_QUERY_NOT_SUPPORTED`, or `BAD_USER_INPUT`
 */
export function parseParameters(body: unknown): Parameters {
  if (Array.isArray(body) && body.length > 0) {
    throw new HttpError(
      new Problem('BATCHING_DISABLED', 'Batches are not supported. Send one operation in each request.'),
    )
  }
  if (!isObject(body)) throw createBadRequest('The request body must be a JSON object.')
  if (Object.keys(body).some((name) => !parameterNames.has(name))) {
    throw createBadRequest(`Unknown parameter. The parameters are ${[...parameterNames].join(', ')}.`)
  }
  const { query, operationName = null, variables = null, extensions = null } = body
  if (query == null && isObject(extensions) && isObject(extensions['persistedQuery'])) throw createHashRejection()
  if (typeof query !== 'string') throw createBadRequest('The parameter "query" is required, and must be a string.')
  if (operationName !== null && typeof operationName !== 'string')
    throw createBadRequest('The parameter "operationName" must be a string.')
  if (variables !== null && !isObject(variables)) throw createBadRequest('The parameter "variables" must be an object.')
  if (extensions !== null && !isObject(extensions))
    throw createBadRequest('The parameter "extensions" must be an object.')
  // Clients send an empty name for an operation without a name.
  return { query, ...(operationName && { operationName }), ...(variables !== null && { variables }) }
}

/** Has the status and the message of Apollo Server, so that clients send the query again without a hash. */
function createHashRejection(): HttpError {
  return new HttpError(new Problem('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'), { status: 200 })
}

/**
 * Parses the parameters in the query of a URL. Unlike `URLSearchParams`, rejects bytes that are not UTF-8.
 *
 * @throws `BAD_USER_INPUT`
 */
export function parseQuery(search: string, limits: HttpLimits): Parameters {
  const body: Record<string, unknown> = {}
  for (const pair of search.split('&').filter((text) => text !== '')) {
    const [name = '', ...rest] = pair.split('=')
    const key = decodePart(name)
    if (!parameterNames.has(key))
      throw createBadRequest(`Unknown parameter. The parameters are ${[...parameterNames].join(', ')}.`)
    if (Object.hasOwn(body, key)) throw createBadRequest(`The parameter "${key}" cannot be sent twice.`)
    const value = decodePart(rest.join('='))
    body[key] = key === 'variables' || key === 'extensions' ? parsePart(key, value, limits) : value
  }
  return parseParameters(body)
}

function decodePart(text: string): string {
  try {
    if (/[^\x20-\x7e]/.test(text)) throw new URIError('not percent-encoded')
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw createBadRequest('The query of the URL must be percent-encoded UTF-8.')
  }
}

function parsePart(name: string, text: string, limits: HttpLimits): unknown {
  if (text === '') return null
  try {
    return parseRequestJson(text, limits)
  } catch (error) {
    if (error instanceof HttpError && error.message.includes('not valid JSON'))
      throw createBadRequest(`The parameter "${name}" is not valid JSON.`)
    throw error
  }
}
