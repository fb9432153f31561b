import { createPrivateKey } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import type { IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'

export interface Item {
  id: string
  details: Record<string, unknown>
}
export interface ListResponse {
  items?: Item[]
  links?: { first?: string; prev?: string; next?: string; last?: string }
  lastRecord?: string
}

/** The five claims of the vendor's sample. @param now In milliseconds since the epoch. */
export function claims(sandbox: IMeetCentralSandbox, now = Date.now()): JWTPayload {
  const seconds = Math.floor(now / 1000)
  return {
    iss: sandbox.clientId,
    aud: 'oidc.imeetcentral.com',
    iat: seconds - 60,
    exp: seconds + 300,
    scp: 'cd.user',
  }
}

export function assertion(payload: JWTPayload, pem: string, header = {}): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', ...header }).sign(createPrivateKey(pem))
}

export function requestToken(sandbox: IMeetCentralSandbox, body: Record<string, string>): Promise<Response> {
  return fetch(sandbox.account.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

export const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export async function token(sandbox: IMeetCentralSandbox, now?: number): Promise<string> {
  const jws = await assertion(claims(sandbox, now), sandbox.privateKey)
  const response = await requestToken(sandbox, { grant_type: grantType, assertion: jws })
  return ((await response.json()) as { access_token: string }).access_token
}

/** Sends a request to a path of the origin, or to an absolute URL of a link. */
export async function client(sandbox: IMeetCentralSandbox) {
  const authorization = `Bearer ${await token(sandbox)}`
  const address = (path: string) => new URL(path, sandbox.url)
  const get = (path: string) => fetch(address(path), { headers: { authorization } })
  return {
    authorization,
    get,
    list: async (path: string) => (await (await get(path)).json()) as ListResponse,
    post: (path: string, body: unknown) =>
      fetch(address(path), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    /** Returns every item, following one of the links from `path` on. */
    listAll: async (path: string, direction: 'next' | 'prev') => {
      const pages: Item[][] = []
      for (let at: string | undefined = path; at;) {
        const page = (await (await get(at)).json()) as ListResponse
        pages.push(page.items ?? [])
        at = page.links?.[direction]
      }
      return pages
    },
  }
}
