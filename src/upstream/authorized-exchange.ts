import type { Reservation } from '../core/byte-budget.ts'
import { createInternalProblem } from '../core/errors.ts'
import type { Transport } from './transport.ts'
import type { HttpResponse } from './http-message.ts'
import type { AuthScheme } from './auth-scheme.ts'
import { addHeaders, type HeaderList } from './headers.ts'
import { toUrl, type Target } from './path.ts'
import { isBodyConsumed, type VendorRequest } from './request.ts'

/** Maximum number of consecutive redirects that are followed. */
const maxRedirects = 2

/** Sends a request with an access token and returns its response. */
export type AuthorizedExchange = (
  request: VendorRequest,
  token: string,
  memory: Reservation | undefined,
  signal: AbortSignal,
) => Promise<HttpResponse>

/**
 * Creates a function that sends requests with an access token, and follows the redirects that a request allows. The token
 * is sent only to `origins` and to these redirects.
 */
export function createAuthorizedExchange(
  transport: Transport,
  authScheme: AuthScheme,
  origins: ReadonlySet<string>,
): AuthorizedExchange {
  const attachToken = createTokenAttacher(authScheme)

  function send(
    request: VendorRequest,
    target: Target,
    token: string,
    memory: Reservation | undefined,
    signal: AbortSignal,
  ) {
    if (!origins.has(target.origin) && !request.canFollowRedirect?.(toUrl(target)))
      throw createInternalProblem({}, 'a vendor request to an origin that is not configured was not sent')
    const { method, body, singleUse: once = false } = request
    const { origin, path, headers } = attachToken(target, request.headers, token)
    return transport.sendHttpRequest({ method, origin, path, headers, body, singleUse: once, memory }, signal)
  }

  async function sendWithRedirects(
    request: VendorRequest,
    token: string,
    memory: Reservation | undefined,
    signal: AbortSignal,
  ) {
    let target: Target = request
    for (let redirects = 0; ; redirects++) {
      const response = await send(request, target, token, memory, signal)
      if (response.status < 300) return response
      const redirect = getRedirectTarget(response, target)
      if (!redirect || !request.canFollowRedirect?.(redirect) || isBodyConsumed(request) || redirects === maxRedirects)
        return response
      target = { origin: redirect.origin, path: redirect.pathname + redirect.search }
    }
  }

  return (request, token, memory, signal) =>
    request.canFollowRedirect
      ? sendWithRedirects(request, token, memory, signal)
      : send(request, request, token, memory, signal)
}

/** Creates a function that attaches a token to a request. Headers of reads are created once for each token. */
export function createTokenAttacher(authScheme: AuthScheme) {
  let cached: { token: string; plain: HeaderList; headers: HeaderList; query: [string, string][] } | null = null
  return ({ origin, path }: Target, plain: HeaderList, token: string): Target & { headers: HeaderList } => {
    if (cached?.token !== token || cached.plain !== plain) {
      const attachment = authScheme.attachToken?.(token) ?? { headers: { authorization: `Bearer ${token}` } }
      cached = {
        token,
        plain,
        headers: addHeaders(plain, attachment.headers ?? {}),
        query: Object.entries(attachment.query ?? {}),
      }
    }
    const { headers, query } = cached
    if (query.length === 0) return { origin, path, headers }
    const url = toUrl({ origin, path })
    for (const [name, value] of query) url.searchParams.set(name, value)
    return { origin, path: url.pathname + url.search, headers }
  }
}

/** Returns the URL of a redirect that keeps method and body. Null if there is none, or if it is not safe for a token. */
function getRedirectTarget({ status, headers }: HttpResponse, from: Target): URL | null {
  const { location } = headers
  if (location === undefined || ![301, 302, 307, 308].includes(status)) return null
  const redirect = URL.parse(location, from.origin + from.path)
  if (!redirect || redirect.username || redirect.password) return null
  const isSafe = redirect.protocol === 'https:' || (redirect.protocol === 'http:' && from.origin.startsWith('http:'))
  return isSafe ? redirect : null
}
