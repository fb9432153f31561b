import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reservation } from '../../core/byte-budget.ts'
import { Problem } from '../../core/errors.ts'
import type { HttpLimits } from '../limits.ts'
import { HttpError } from '../response/http-error.ts'
import { assertContentLength, hasBody, sendContinue } from './body.ts'
import { memoryPerByte, operationBytes, readJsonBody } from './json-body.ts'
import { MultipartRequest } from './multipart.ts'
import { createUnsupportedMediaType, isJsonType, parseBodyType } from './negotiate.ts'
import { parseParameters, parseQuery, type Parameters } from './parameters.ts'
import { parseRequestTarget } from './target.ts'

interface GraphqlRequestBody {
  parameters: Parameters
  upload: MultipartRequest | null
}

/** Maximum size of a multipart body without its files, if it declares its length. */
const envelopeBytes = 64 * 1024
/** Memory of the buffers of all streams of an upload. */
const uploadBytes = 512 * 1024
const preflightHeaders = ['x-parley-csrf', 'apollo-require-preflight', 'x-graphql-yoga-csrf']

/** Returns the method of a request. @throws `BAD_USER_INPUT` with status 405 if it is another one. */
export function getMethod({ method }: IncomingMessage): 'GET' | 'POST' {
  if (method === 'GET' || method === 'POST') return method
  const problem = new Problem('BAD_USER_INPUT', 'The HTTP method must be GET or POST.')
  throw new HttpError(problem, { status: 405, headers: { allow: 'GET, POST' } })
}

export function isMultipart({ headers }: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')
}

interface ReadRequestOptions {
  method: 'GET' | 'POST'
  limits: HttpLimits
  memory: Reservation
  /** Called when bytes arrive while the operation uses a file. */
  onUploadProgress(): void
}

/** Reads the parameters of a GraphQL request, and of an upload the parts before its first file. */
export function readGraphqlRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: ReadRequestOptions,
): GraphqlRequestBody | Promise<GraphqlRequestBody> {
  const { method, limits, memory } = options
  const { headers } = request
  if (method === 'GET') {
    // Apollo Client sends this Content-Type also with a GET. A page of another site needs a preflight to send it.
    const type = headers['content-type']
    if (hasBody(request) || (type !== undefined && !isJsonType(type)))
      throw createUnsupportedMediaType(
        'A GET request cannot have a body, or a Content-Type other than application/json.',
      )
    return { parameters: parseQuery(parseRequestTarget(request).query, limits), upload: null }
  }
  if (parseBodyType(headers['content-type'], headers['content-encoding']) === 'json')
    return readJsonBody(request, response, { limits, memory }).then(parseJsonRequest)
  if (!preflightHeaders.some((name) => headers[name] !== undefined)) {
    const text = `A multipart request requires one of the headers ${preflightHeaders.join(', ')}.`
    throw new HttpError(new Problem('CSRF_BLOCKED', text))
  }
  assertContentLength(request, limits.uploadBytes, envelopeBytes)
  return readMultipartRequest(request, response, options)
}

async function readMultipartRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { limits, memory, onUploadProgress }: ReadRequestOptions,
): Promise<GraphqlRequestBody> {
  const { Busboy } = await import('@fastify/busboy')
  sendContinue(request, response)
  memory.hold(operationBytes + uploadBytes)
  const onHead = (size: number): void => memory.hold(operationBytes + uploadBytes + memoryPerByte * size)
  const upload = new MultipartRequest(Busboy, request, limits, { onHead, onProgress: onUploadProgress })
  return { parameters: parseParameters(await upload.operations), upload }
}

const parseJsonRequest = (body: unknown): GraphqlRequestBody => ({ parameters: parseParameters(body), upload: null })
