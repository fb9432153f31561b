import type { Reservation } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import type { Transport } from './transport.ts'
import type { HttpResponse } from './http-message.ts'
import type { AuthScheme } from './auth-scheme.ts'
import { addHeaders, type HeaderList } from './headers.ts'
import { toUrl, type Target } from './path.ts'
import { isBodyConsumed, type VendorRequest } from './request.ts'

/** How often in a row a request is sent on. */
const maxRedirects = 2

export type AuthorizedExchange = (
  request: VendorRequest,
  token: string,
  memory: Reservation | undefined,
  signal: AbortSignal,
) => Promise<HttpResponse>

/**
 * Makes what exchanges a request with its token on, and again where the vendor's redirects lead and it may go.
 * The token goes to `origins` and there, and nowhere else.
 */
export function createAuthorizedExchange(
  transport: Transport,
  grant: AuthScheme,
  origins: ReadonlySet<string>,
): AuthorizedExchange {
  const authorize = createTokenAttacher(grant)

  function send(
    request: VendorRequest,
    target: Target,
    token: string,
    memory: Reservation | undefined,
    signal: AbortSignal,
  ) {
    if (!origins.has(target.origin) && !request.canFollowRedirect?.(toUrl(target)))
      throw new Problem('INTERNAL', 'A call to an origin that is not configured was stopped.')
    const { method, body, singleUse: once = false } = request
    const { origin, path, headers } = authorize(target, request.headers, token)
    return transport.sendHttpRequest({ method, origin, path, headers, body, singleUse: once, memory }, signal)
  }

  async function sendOn(request: VendorRequest, token: string, memory: Reservation | undefined, signal: AbortSignal) {
    let target: Target = request
    for (let sentOn = 0; ; sentOn++) {
      const answer = await send(request, target, token, memory, signal)
      if (answer.status < 300) return answer
      const to = getRedirectTarget(answer, target)
      if (!to || !request.canFollowRedirect?.(to) || isBodyConsumed(request) || sentOn === maxRedirects) return answer
      target = { origin: to.origin, path: to.pathname + to.search }
    }
  }

  return (request, token, memory, signal) =>
    request.canFollowRedirect ? sendOn(request, token, memory, signal) : send(request, request, token, memory, signal)
}

/** Makes what puts a token on a request. The headers of reads are made once for each token. */
function createTokenAttacher(grant: AuthScheme) {
  let known: { token: string; plain: HeaderList; headers: HeaderList; query: [string, string][] } | null = null
  return ({ origin, path }: Target, plain: HeaderList, token: string): Target & { headers: HeaderList } => {
    if (known?.token !== token || known.plain !== plain) {
      const place = grant.attachToken?.(token) ?? { headers: { authorization: `Bearer ${token}` } }
      known = {
        token,
        plain,
        headers: addHeaders(plain, place.headers ?? {}),
        query: Object.entries(place.query ?? {}),
      }
    }
    const { headers, query } = known
    if (query.length === 0) return { origin, path, headers }
    const url = toUrl({ origin, path })
    for (const [name, value] of query) url.searchParams.set(name, value)
    return { origin, path: url.pathname + url.search, headers }
  }
}

/** Where an answer sends the same request on to; null where it does not, or to no place for a token. */
function getRedirectTarget({ status, headers }: HttpResponse, from: Target): URL | null {
  const { location } = headers
  if (location === undefined || ![301, 302, 307, 308].includes(status)) return null
  const to = URL.parse(location, from.origin + from.path)
  if (!to || to.username || to.password) return null
  const safe = to.protocol === 'https:' || (to.protocol === 'http:' && from.origin.startsWith('http:'))
  return safe ? to : null
}
