import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isLoopback } from '../../core/host.ts'
import { Problem } from '../../core/errors.ts'
import { parseRequestTarget } from '../request/target.ts'

/** Hosts and origins whose requests are accepted, in addition to this machine. */
export interface AllowedSites {
  /** Accepted names in `Host` and `Origin`, in lower case, without a port. */
  hosts: readonly string[]
  /** Origins of web pages. */
  origins: readonly string[]
}

/**
 * Rejects requests that are not local. For a server without authentication. A forwarded host is checked in addition to
 * `Host`, because a web page on this machine can also send the header.
 *
 * @param forwardedHost Host that the client requested from a trusted proxy. Null if there is none.
 * @throws `FORBIDDEN`
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
 * Whether a request is addressed to this machine, and comes from a program or page on it. Browsers set `Host`,
 * `Origin`, and `Sec-Fetch-Site`; pages cannot change them. So a foreign page cannot call the server, not even under a
 * host name that resolves to this machine (DNS rebinding).
 */
export function isLocalRequest(request: IncomingMessage, allowed: AllowedSites): boolean {
  const { authority } = parseRequestTarget(request)
  const { host, origin } = request.headers
  if (!isLocalAuthority(host, allowed) || (authority !== null && !isLocalAuthority(authority, allowed))) return false
  return origin === undefined ? isFromLocalPage(request) : isLocalOrigin(origin, allowed)
}

/** For a request without `Origin`, such as that of a browser for an image, a script, or a frame. */
function isFromLocalPage({ method, headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site = 'none' } = headers
  return (
    site === 'none' || site === 'same-origin' || site === 'same-site' || (method === 'GET' && isNavigation(headers))
  )
}

/** Whether a person opens a link, such as from a chat. Pages cannot read the response. */
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
