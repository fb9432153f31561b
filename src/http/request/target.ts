import type { IncomingMessage } from 'node:http'

export interface RequestTarget {
  /** Host and port, if the target is an absolute URL, as clients send it to proxies. Null if it is a path. */
  authority: string | null
  path: string
  /** Text after the question mark. Empty if there is none. */
  query: string
}

/** Splits the target of a request into its parts, without decoding them. */
export function parseRequestTarget({ url = '' }: IncomingMessage): RequestTarget {
  const [whole = '', authority = null] = url.startsWith('/') ? [] : (/^https?:\/\/([^/?]*)(?=\/)/i.exec(url) ?? [])
  const start = whole.length
  const mark = url.indexOf('?', start)
  if (mark < 0) return { authority, path: url.slice(start), query: '' }
  return { authority, path: url.slice(start, mark), query: url.slice(mark + 1) }
}

const pathsWithSlash: ReadonlySet<string> = new Set(['/graphql/', '/subgraph/', '/mcp/'])

/**
 * Returns the path without the base path and without a slash after the path of an endpoint. The base path is not removed
 * from `/metrics`, so that a proxy that forwards the prefix does not publish the metrics.
 */
export function getRoute(request: IncomingMessage, basePath: string): string {
  const { path } = parseRequestTarget(request)
  const route = path === basePath || path.startsWith(`${basePath}/`) ? path.slice(basePath.length) || '/' : path
  if (pathsWithSlash.has(route)) return route.slice(0, -1)
  return route === '/metrics' ? path : route
}
