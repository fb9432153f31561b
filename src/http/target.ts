import type { IncomingMessage } from 'node:http'

export interface Target {
  /** Host and port of an absolute-form target, as clients send it to proxies. Null for a path. */
  authority: string | null
  path: string
  /** The text after the question mark. */
  query: string
}

/** Splits a request's target into its parts, as they were sent. */
export function targetOf({ url = '' }: IncomingMessage): Target {
  const [whole = '', authority = null] = /^https?:\/\/([^/?]*)(?=\/)/i.exec(url) ?? []
  const [path = '', ...query] = url.slice(whole.length).split('?')
  return { authority, path, query: query.join('?') }
}
