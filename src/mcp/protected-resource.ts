import type { IncomingMessage } from 'node:http'
import { createTextResponse, type OutgoingResponse } from '../http/response/outgoing-response.ts'

const wellKnownPath = '/.well-known/oauth-protected-resource'

/** An endpoint for which clients get tokens from an issuer. */
export interface ProtectedResource {
  /** URL under which clients reach the endpoint. */
  url: string
  issuers: readonly string[]
}

/** Returns the URL of the metadata, which has the path of the endpoint (RFC 9728, section 3.1). */
export function getMetadataUrl(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + wellKnownPath + pathname
}

/**
 * Returns the response with the metadata (RFC 9728). It is public, also for web pages, because a client reads it before it
 * has a token.
 *
 * @param path Path of the request, without the base path.
 * @returns Null if the path is another one.
 */
export function findMetadataResponse(
  { method, headers }: IncomingMessage,
  path: string,
  { url, issuers }: ProtectedResource,
): OutgoingResponse | null {
  if (path !== `${wellKnownPath}/mcp` && path !== wellKnownPath + new URL(url).pathname) return null
  const { 'access-control-request-headers': requestedHeaders } = headers
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET',
    ...(requestedHeaders !== undefined && { 'access-control-allow-headers': requestedHeaders }),
  }
  if (method === 'OPTIONS') return { status: 204, headers: { allow: 'GET, HEAD', ...cors } }
  if (method !== 'GET' && method !== 'HEAD') {
    const { status, headers: type, body } = createTextResponse(405, 'The HTTP method must be GET.')
    return { status, headers: { ...type, ...cors, allow: 'GET, HEAD' }, body: body! }
  }
  const document = {
    resource: url,
    authorization_servers: issuers,
    scopes_supported: ['read', 'write'],
    bearer_methods_supported: ['header'],
  }
  return { status: 200, headers: { 'content-type': 'application/json', ...cors }, body: JSON.stringify(document) }
}
