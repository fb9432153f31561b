import { Problem } from '../errors.ts'
import type { HttpAnswer, Transport } from './exchange.ts'
import type { Grant } from './grant.ts'
import { isSpent, type Request } from './request.ts'

/** How often in a row a request is sent on. */
const mostRedirects = 2

export type AuthorizedExchange = (request: Request, token: string, signal: AbortSignal) => Promise<HttpAnswer>

/**
 * Makes what exchanges a request with its token on, and again where the vendor's redirects lead and it may go.
 * The token goes to `origins` and there, and nowhere else.
 */
export function authorizedExchange(
  transport: Transport,
  grant: Grant,
  origins: ReadonlySet<string>,
): AuthorizedExchange {
  function authorized(request: Request, token: string): Pick<Request, 'url' | 'headers'> {
    if (!origins.has(request.url.origin) && !request.follow?.(request.url))
      throw new Problem('INTERNAL', 'A call to an origin that is not configured was stopped.')
    const place = grant.place?.(token) ?? { headers: { authorization: `Bearer ${token}` } }
    const url = new URL(request.url)
    for (const [name, value] of Object.entries(place.query ?? {})) url.searchParams.set(name, value)
    return { url, headers: { ...request.headers, ...place.headers } }
  }

  return async (request, token, signal) => {
    const { replay, follow } = request
    for (let url = request.url, sentOn = 0; ; sentOn++) {
      const body = replay ? replay.pass() : request.body
      const answer = await transport.exchange({ ...request, ...authorized({ ...request, url }, token), body }, signal)
      const to = redirectOf(answer, url)
      if (!to || !follow?.(to) || isSpent(request) || sentOn === mostRedirects) return answer
      url = to
    }
  }
}

/** Where an answer sends the same request on to; null where it does not, or to no place for a token. */
function redirectOf({ status, headers }: HttpAnswer, from: URL): URL | null {
  const { location } = headers
  if (location === undefined || ![301, 302, 307, 308].includes(status)) return null
  const to = URL.parse(location, from)
  if (!to || to.username || to.password) return null
  const safe = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:')
  return safe ? to : null
}
