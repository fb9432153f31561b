import type { IncomingMessage } from 'node:http'
import { prefersHtml } from '../request/negotiate.ts'
import type { RequestedSite } from '../guard/proxy-trust.ts'
import { createTextResponse } from './outgoing-response.ts'
import type { OutgoingResponse } from './outgoing-response.ts'

export interface RootOptions {
  basePath: string
  site: RequestedSite
  /** Whether GraphiQL is served. */
  hasPage: boolean
}

/**
 * Creates the response to a request for `/`. A browser is redirected to GraphiQL. Other clients get the URL of the API,
 * which is the public URL if the request came through a trusted proxy.
 */
export function createRootResponse(
  { headers }: IncomingMessage,
  { basePath, site, hasPage }: RootOptions,
): OutgoingResponse {
  const path = `${basePath}/graphql`
  if (hasPage && prefersHtml(headers.accept)) return { status: 302, headers: { location: path } }
  const api = formatOrigin(site) + path
  return createTextResponse(200, `This is Parley, one GraphQL API for several meeting vendors. The API is at ${api}.`)
}

/** Returns an empty string if no trusted proxy reports a scheme and a host. */
function formatOrigin({ scheme, host }: RequestedSite): string {
  const isHttp = scheme === 'http' || scheme === 'https'
  return isHttp && host !== null && /^[\w.:[\]-]+$/.test(host) ? `${scheme}://${host}` : ''
}
