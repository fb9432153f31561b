import type { IncomingMessage } from 'node:http'
import { wantsPage } from '../request/negotiate.ts'
import type { RequestedSite } from '../guard/proxy-trust.ts'
import { text } from './outgoing-response.ts'
import type { OutgoingResponse } from './outgoing-response.ts'

export interface RootOptions {
  basePath: string
  site: RequestedSite
  /** Whether there is a page for browsers. */
  hasPage: boolean
}

/**
 * Returns the response to a request for `/`: a browser is sent to GraphiQL, a program learns where the API is. Behind a
 * proxy, that is its public URL.
 */
export function replyRoot({ headers }: IncomingMessage, { basePath, site, hasPage }: RootOptions): OutgoingResponse {
  const path = `${basePath}/graphql`
  if (hasPage && wantsPage(headers.accept)) return { status: 302, headers: { location: path } }
  const api = formatOrigin(site) + path
  return text(200, `This is Parley, one GraphQL API for several meeting vendors. The API is at ${api}.`)
}

/** Empty if the proxy does not report a scheme and a host. */
function formatOrigin({ scheme, host }: RequestedSite): string {
  const isHttp = scheme === 'http' || scheme === 'https'
  return isHttp && host !== null && /^[\w.:[\]-]+$/.test(host) ? `${scheme}://${host}` : ''
}
