import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '../auth/caller.ts'
import type { Reservation } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import type { HttpLimits } from '../http/limits.ts'
import { readJsonBody } from '../http/request/json-body.ts'
import { createUnsupportedMediaType, isJsonType, parseBodyType } from '../http/request/negotiate.ts'
import { isObject } from '../http/request/request-json.ts'
import { createBadRequest, HttpError } from '../http/response/http-error.ts'
import type { Tool } from './tool.ts'

/** A message of a client, as it was sent. */
export type McpMessage = Readonly<Record<string, unknown>>

/** The arguments of a call are one level deeper than the variables of a GraphQL request. */
const levelsAboveArguments = 2

/**
 * Reads the message in the body of a request.
 *
 * @throws `UNSUPPORTED_MEDIA_TYPE`, `PAYLOAD_TOO_LARGE`, `BATCHING_DISABLED`, or `BAD_USER_INPUT`.
 */
export async function readMessage(
  request: IncomingMessage,
  response: ServerResponse,
  { limits, memory }: { limits: HttpLimits; memory: Reservation },
): Promise<McpMessage> {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers
  if (!isJsonType(type ?? '')) throw createUnsupportedMediaType('The Content-Type must be application/json.')
  parseBodyType(type, encoding)
  const body = await readJsonBody(request, response, { limits, memory, levels: levelsAboveArguments })
  if (Array.isArray(body))
    throw new HttpError(
      new Problem('BATCHING_DISABLED', 'Batches are not supported. Send one message in each request.'),
    )
  if (!isObject(body)) throw createBadRequest('The request body must be a JSON-RPC message.')
  return body
}

/** Returns the tool that a message calls, or null if it calls none that exists. */
export function findCalledTool({ method, params }: McpMessage, tools: readonly Tool[]): Tool | null {
  if (method !== 'tools/call' || !isObject(params)) return null
  return tools.find(({ name }) => name === params['name']) ?? null
}

/** Returns the arguments of a call, as they were sent. */
export function getArguments({ params }: McpMessage): unknown {
  return isObject(params) ? params['arguments'] : undefined
}

/**
 * Rejects a call of a tool that the scopes of the caller do not allow.
 *
 * @throws `FORBIDDEN`, with the scope in `WWW-Authenticate`, so that a client can get a token with the scope.
 */
export function rejectMissingScope({ scope }: Tool, { scopes }: Caller): void {
  if (scopes.has(scope)) return
  const challenge = `Bearer error="insufficient_scope", scope="${scope}"`
  throw new HttpError(new Problem('FORBIDDEN', `This tool requires the scope "${scope}".`), {
    headers: { 'www-authenticate': challenge },
  })
}

/** Methods whose names the log can contain. */
const knownMethods: ReadonlySet<unknown> = new Set([
  'initialize',
  'notifications/initialized',
  'notifications/cancelled',
  'ping',
  'server/discover',
  'tools/list',
  'tools/call',
])

/** Returns the method of a message for the log. Null if it is none that Parley knows. */
export function getKnownMethod({ method }: McpMessage): string | null {
  return knownMethods.has(method) ? (method as string) : null
}
