import { Problem } from '../../core/errors.ts'
import { parseDocumentParameters, type DocumentParameters } from './document-parameters.ts'
import type { HttpLimits } from '../limits.ts'
import { createBadRequest, HttpError } from '../response/http-error.ts'
import { isObject, parseRequestJson } from './request-json.ts'

/** The parameters of a GraphQL request. */
export interface Parameters extends DocumentParameters {
  /** Text of the document. Null if the request has only an ID. */
  query: string | null
  operationName?: string
  variables?: Readonly<Record<string, unknown>>
}

const parameterNames: ReadonlySet<string> = new Set([
  'query',
  'documentId',
  'doc_id',
  'id',
  'operationName',
  'variables',
  'extensions',
])

/**
 * Validates the parameters of a request.
 *
 * @throws `BATCHING_DISABLED` or `BAD_USER_INPUT`
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
  const { query = null, operationName = null, variables = null, extensions = null } = body
  if (query !== null && typeof query !== 'string') throw createBadRequest('The parameter "query" must be a string.')
  if (operationName !== null && typeof operationName !== 'string')
    throw createBadRequest('The parameter "operationName" must be a string.')
  if (variables !== null && !isObject(variables)) throw createBadRequest('The parameter "variables" must be an object.')
  if (extensions !== null && !isObject(extensions))
    throw createBadRequest('The parameter "extensions" must be an object.')
  const { documentId, hash } = parseDocumentParameters(body, extensions)
  if (query === null && documentId === null)
    throw createBadRequest('The parameter "query" is required, or "documentId" for a document that the server has.')
  // Clients send an empty name for an operation without a name.
  return { query, documentId, hash, ...(operationName && { operationName }), ...(variables !== null && { variables }) }
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
