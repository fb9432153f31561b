import type { IncomingMessage } from 'node:http'

/** Names of this machine. Browsers resolve every name under `localhost` without DNS. */
const localNames = /^((.+\.)?localhost\.?|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Whether a request was sent to this machine by a program or page on this machine. Otherwise, a website could read or
 * change a sandbox.
 */
export function isLocalRequest({ method, url = '/', headers }: IncomingMessage): boolean {
  const { host, origin } = headers
  if (!isLocalUrl(`http://${host}`) || (/^https?:/i.test(url) && !isLocalUrl(url))) return false
  if (origin !== undefined) return isLocalUrl(origin)
  // A browser sends no `Origin` with a GET for an image or a link. The page behind a link is visible only to the user.
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers
  return site !== 'cross-site' || (method === 'GET' && mode === 'navigate' && destination === 'document')
}

function isLocalUrl(text: string): boolean {
  return localNames.test(URL.parse(text)?.hostname ?? '')
}
