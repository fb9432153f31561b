import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isLoopback } from '../../core/host.ts'
import { Problem } from '../../core/errors.ts'
import { parseRequestTarget } from '../request/target.ts'

/** Where requests may come from besides this machine. */
export interface AllowedSites {
  /** Names in lower case, without a port, that `Host` and `Origin` may carry. */
  hosts: readonly string[]
  /** Origins of web pages. */
  origins: readonly string[]
}

/**
 * Throws FORBIDDEN unless the request is local: for a server that knows no callers. A forwarded host is checked besides
 * `Host`, and does not replace it: a web page on this machine can send the header, too.
 *
 * @param forwardedHost The host that the client requested from a trusted proxy. Null if there is none.
 */
export function rejectForeignRequest(
  request: IncomingMessage,
  allowed: AllowedSites,
  forwardedHost: string | null,
): void {
  if (isLocalRequest(request, allowed) && (forwardedHost === null || isLocalAuthority(forwardedHost, allowed))) return
  throw new Problem(
    'FORBIDDEN',
    'No callers are configured, so "Host", "Origin", and a proxy\'s "X-Forwarded-Host" must name this machine, such as localhost. ' +
      'To accept other callers, configure "clients" or "jwt". To accept another name of this machine, add it to "allowedHosts".',
  )
}

/**
 * Whether a request was addressed to this machine, and by a program or page on it. A browser sets `Host`, `Origin`, and
 * `Sec-Fetch-Site` itself. So a web page can neither call the server, nor read it under a name that the page's owner
 * points at this machine (DNS rebinding).
 */
export function isLocalRequest(request: IncomingMessage, allowed: AllowedSites): boolean {
  const { authority } = parseRequestTarget(request)
  const { host, origin } = request.headers
  if (!isLocalAuthority(host, allowed) || (authority !== null && !isLocalAuthority(authority, allowed))) return false
  return origin === undefined ? isFromLocalPage(request) : isLocalOrigin(origin, allowed)
}

/** A browser sends no `Origin` with a GET for a picture, a script, or a frame. */
function isFromLocalPage({ method, headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site = 'none' } = headers
  return (
    site === 'none' || site === 'same-origin' || site === 'same-site' || (method === 'GET' && isNavigation(headers))
  )
}

/** Whether a person follows a link, from a chat for example: only they see what it shows. */
function isNavigation({ 'sec-fetch-mode': mode, 'sec-fetch-dest': destination }: IncomingHttpHeaders): boolean {
  return mode === 'navigate' && destination === 'document'
}

/** Whether a page was served from this machine, on any port. */
export function isLoopbackOrigin(origin: string): boolean {
  return isLocalOrigin(origin, { hosts: [], origins: [] })
}

function isLocalOrigin(origin: string, allowed: AllowedSites): boolean {
  const authority = /^https?:\/\/(.+)$/i.exec(origin)?.[1]
  return allowed.origins.includes(origin) || isLocalAuthority(authority, allowed)
}

function isLocalAuthority(authority: string | undefined, { hosts }: AllowedSites): boolean {
  const [, ipv6, plain] =
    /^(?:\[([\da-f]*:[\da-f:.]+)\]|((?:[\w-]+\.)*[\w-]+)\.?)(?::\d*)?$/i.exec(authority ?? '') ?? []
  const name = (ipv6 ?? plain ?? '').toLowerCase()
  // Browsers resolve every name under "localhost" to this machine, without DNS.
  return isLoopback(name) || name.endsWith('.localhost') || hosts.includes(name)
}
