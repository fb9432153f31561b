import type { IncomingMessage } from 'node:http'

/** What a request asks for: its path as it stands, and what is behind the question mark. Proxies send the whole address. */
export function targetOf({ url = '' }: IncomingMessage): { path: string; query: string } {
  const [path = '', ...query] = url.replace(/^https?:\/\/[^/?]*(?=\/)/i, '').split('?')
  return { path, query: query.join('?') }
}
