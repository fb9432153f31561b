import type { IncomingMessage } from 'node:http'

export interface Target {
  /** Host and port of an absolute-form target, as clients send it to proxies. Null for a path. */
  authority: string | null
  path: string
  /** The text after the question mark. */
  query: string
}

/** Splits a request's target into its parts, as they were sent. */
export function parseRequestTarget({ url = '' }: IncomingMessage): Target {
  const [whole = '', authority = null] = /^https?:\/\/([^/?]*)(?=\/)/i.exec(url) ?? []
  const [path = '', ...query] = url.slice(whole.length).split('?')
  return { authority, path, query: query.join('?') }
}

/**
 * Returns the path without the base path and without a slash after `/graphql`. `/metrics` is only found without the base
 * path, so that a proxy that forwards the prefix does not publish it.
 */
export function getRoute(request: IncomingMessage, basePath: string): string {
  const { path } = parseRequestTarget(request)
  const route = path === basePath || path.startsWith(`${basePath}/`) ? path.slice(basePath.length) || '/' : path
  if (route === '/graphql/') return '/graphql'
  return route === '/metrics' ? path : route
}
