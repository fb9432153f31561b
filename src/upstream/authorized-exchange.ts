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

/** Sends requests with an access token. The token is sent only to `origins` and to the redirects that a request allows. */
export class AuthorizedExchange {
  readonly #transport: Transport
  readonly #origins: ReadonlySet<string>
  readonly #attachToken: ReturnType<typeof createTokenAttacher>

  constructor(transport: Transport, authScheme: AuthScheme, origins: ReadonlySet<string>) {
    this.#transport = transport
    this.#origins = origins
    this.#attachToken = createTokenAttacher(authScheme)
  }

  /** Sends a request and returns its response. Follows the redirects that the request allows. */
  send(
    request: VendorRequest,
    token: string,
    memory: Reservation | undefined,
    signal: AbortSignal,
    target: Target = request,
    redirects = 0,
  ): Promise<HttpResponse> {
    if (!this.#origins.has(target.origin) && !request.canFollowRedirect?.(toUrl(target)))
      throw createInternalProblem({}, 'a vendor request to an origin that is not configured was not sent')
    const { method, body, singleUse: once = false } = request
    const { origin, path, headers } = this.#attachToken(target, request.headers, token)
    const sent = { method, origin, path, headers, body, singleUse: once, memory }
    const response = this.#transport.sendHttpRequest(sent, signal)
    if (!request.canFollowRedirect) return response
    return response.then((received) => {
      const url = redirects < maxRedirects ? getRedirectUrl(received, target) : null
      if (!url || !request.canFollowRedirect!(url) || isBodyConsumed(request)) return received
      const next = { origin: url.origin, path: url.pathname + url.search }
      return this.send(request, token, memory, signal, next, redirects + 1)
    })
  }
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
function getRedirectUrl({ status, headers }: HttpResponse, from: Target): URL | null {
  const { location } = headers
  if (location === undefined || ![301, 302, 307, 308].includes(status)) return null
  const redirect = URL.parse(location, from.origin + from.path)
  if (!redirect || redirect.username || redirect.password) return null
  const isSafe = redirect.protocol === 'https:' || (redirect.protocol === 'http:' && from.origin.startsWith('http:'))
  return isSafe ? redirect : null
}
