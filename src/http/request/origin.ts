import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProxyTrust } from '../guard/proxy-trust.ts'
import { formatUrl } from '../listener.ts'
import { parseRequestTarget } from './target.ts'

/** Returns the origin at which a request arrived: as a trusted proxy reports it, or else from the `Host` header. */
export function findRequestOrigin(request: IncomingMessage, trust: ProxyTrust): string {
  const { scheme, host } = trust.findRequestedSite(request)
  const authority = host ?? parseRequestTarget(request).authority ?? request.headers.host ?? ''
  const origin = /^[\w.:[\]-]+$/.test(authority)
    ? URL.parse(`${scheme === 'https' ? 'https' : 'http'}://${authority}`)?.origin
    : undefined
  return origin ?? formatUrl(request.socket.address() as AddressInfo)
}
