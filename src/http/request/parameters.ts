import { Problem } from '../../core/errors.ts'
import { findInexactInteger } from './inexact-integer.ts'
import { limitJsonShape } from './json-shape.ts'
import type { HttpLimits } from '../limits.ts'
import { HttpError } from '../response/http-error.ts'

/** The parameters of one GraphQL operation, their shape checked. */
export interface Parameters {
  query: string
  operationName?: string
  variables?: Record<string, unknown>
}

/** Names in one JSON object: far more than any input has. */
const maxNames = 10_000
const names: ReadonlySet<string> = new Set(['query', 'operationName', 'variables', 'extensions'])

export function createBadRequest(text: string, status = 400): HttpError {
  return new HttpError(new Problem('BAD_USER_INPUT', text), { status })
}

/** The JSON value that these bytes hold, at most `variableDepth` levels deep inside its parameters and without a rounded integer. */
export function readJson(bytes: Uint8Array | string, limits: HttpLimits): unknown {
  const text = typeof bytes === 'string' ? bytes.replace(/^\ufeff/, '') : decodeUtf8(bytes)
  // The parameters of the request stand one level deep.
  limitJsonShape(text, limits.variableDepth + 1)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw createBadRequest('The request body is not valid JSON.')
  }
  limitNames(value)
  const name = findInexactInteger(text)
  if (name !== null)
    throw createBadRequest(
      `${name || 'A number'} is an integer past 2^53, which a number in JSON does not hold; give a smaller one, or a string where one is taken.`,
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

/** Rejects objects with a name that would change the prototype, or with too many names. */
function limitNames(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const inner of value) limitNames(inner)
    return
  }
  if (Object.hasOwn(value, '__proto__')) throw createBadRequest('A name in the JSON is not accepted: __proto__.')
  if (Object.keys(value).length > maxNames)
    throw createBadRequest(`A JSON object has too many names: at most ${maxNames} are accepted.`)
  for (const inner of Object.values(value)) limitNames(inner)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Refuses batches, unknown parameters and parameters of the wrong type. */
export function checkParameters(body: unknown): Parameters {
  if (Array.isArray(body) && body.length > 0) {
    throw new HttpError(new Problem('BATCHING_DISABLED', 'Send one operation a request; batches are not accepted.'))
  }
  if (!isObject(body)) throw createBadRequest('The request must be a JSON object.')
  if (Object.keys(body).some((name) => !names.has(name))) {
    throw createBadRequest(`An unknown parameter; known are ${[...names].join(', ')}.`)
  }
  const { query, operationName = null, variables = null, extensions = null } = body
  if (query == null && isObject(extensions) && isObject(extensions['persistedQuery'])) throw createHashRejection()
  if (typeof query !== 'string') throw createBadRequest('The parameter query is required, as a string.')
  if (operationName !== null && typeof operationName !== 'string')
    throw createBadRequest('operationName must be a string.')
  if (variables !== null && !isObject(variables)) throw createBadRequest('variables must be an object.')
  if (extensions !== null && !isObject(extensions)) throw createBadRequest('extensions must be an object.')
  // Clients send an empty name for an operation without one.
  return { query, ...(operationName && { operationName }), ...(variables !== null && { variables }) }
}

/** The status and the message are those of Apollo Server: clients then send the query itself. */
function createHashRejection(): HttpError {
  return new HttpError(new Problem('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'), { status: 200 })
}

/** The parameters in a URL's query; strict where URLSearchParams would mend bytes that are not UTF-8. */
export function readQuery(search: string, limits: HttpLimits): Parameters {
  const body: Record<string, unknown> = {}
  for (const pair of search.split('&').filter((text) => text !== '')) {
    const [name = '', ...rest] = pair.split('=')
    const key = decodePart(name)
    if (!names.has(key)) throw createBadRequest(`An unknown parameter; known are ${[...names].join(', ')}.`)
    if (Object.hasOwn(body, key)) throw createBadRequest(`The parameter ${key} is given twice.`)
    const value = decodePart(rest.join('='))
    body[key] = key === 'variables' || key === 'extensions' ? readPart(key, value, limits) : value
  }
  return checkParameters(body)
}

function decodePart(text: string): string {
  try {
    if (/[^\x20-\x7e]/.test(text)) throw new URIError('not percent-encoded')
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw createBadRequest('The URL is not valid UTF-8, percent-encoded.')
  }
}

function readPart(name: string, text: string, limits: HttpLimits): unknown {
  if (text === '') return null
  try {
    return readJson(text, limits)
  } catch (error) {
    if (error instanceof HttpError && error.message.includes('not valid JSON'))
      throw createBadRequest(`${name} is not valid JSON.`)
    throw error
  }
}
