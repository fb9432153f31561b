import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { toLocalId } from './identity.ts'
import { readBody } from './input.ts'
import type { ApiClient, Env, Grant, Routes, Server } from './model.ts'

const userTokenLifetime = 604_800
const refreshTokenLifetime = 1_209_600
const grantTypes = new Set(['client_credentials', 'password', 'refresh_token', 'authorization_code'])

class TokenError extends Error {
  status: ContentfulStatusCode
  code: string

  constructor(code: string, description: string, status: ContentfulStatusCode = 400) {
    super(description)
    this.code = code
    this.status = status
  }
}

interface TokenResponse {
  access_token: string
  expires_in: number
  token_type: 'Bearer'
  scope: string
  refresh_token?: string
}

type Fields = Record<string, string>

/** Serves `POST /oauth2/v1/token`, with the errors of the OAuth library that the vendor uses. */
export function serveTokens(app: Routes, server: Server): void {
  app.all('/oauth2/v1/token', async (c) => {
    c.header('cache-control', 'no-store')
    c.header('pragma', 'no-cache')
    if (c.req.method !== 'POST') return onlyPost(c)
    try {
      return c.json(issue(server, await readFields(c), c.req.header('authorization')))
    } catch (error) {
      if (!(error instanceof TokenError)) throw error
      return c.json({ error: error.code, error_description: error.message }, error.status)
    }
  })
}

function onlyPost(c: Context<Env>) {
  c.header('allow', 'POST, OPTIONS')
  return c.json(
    {
      error: 'invalid_request',
      error_description: 'The request method must be POST when requesting an access token',
      error_uri: 'http://tools.ietf.org/html/rfc6749#section-3.2',
    },
    405,
  )
}

/** Reads the fields of a body. A body that cannot be parsed has no fields, as in PHP. */
async function readFields(c: Context): Promise<Fields> {
  const body = await readBody(c).catch(() => ({}))
  return Object.fromEntries(Object.entries(body).flatMap(([key, v]) => (typeof v === 'string' ? [[key, v]] : [])))
}

function issue(server: Server, fields: Fields, authorization: string | undefined): TokenResponse {
  const type = fields['grant_type']
  if (!type) throw new TokenError('invalid_request', 'The grant type was not specified in the request')
  if (!grantTypes.has(type)) throw new TokenError('unsupported_grant_type', `Grant type "${type}" not supported`)
  const client = authenticate(server, credentials(fields, authorization), type)
  const old = type === 'refresh_token' ? refreshable(server, client, fields['refresh_token']) : null
  const userId = type === 'password' ? signIn(server, fields) : (old?.userId ?? null)
  if (type === 'authorization_code') rejectCode(fields['code'])
  if (!client.grants.includes(type))
    throw new TokenError('unauthorized_client', 'The grant type is unauthorized for this client_id')
  const scopes = grantedScopes(old ? (old.scopes as string[]) : client.scopes, fields['scope'])
  return createToken(server, { clientId: client.id, scopes, userId }, old ? fields['refresh_token'] : undefined)
}

interface Credentials {
  id: string
  secret: string
}

function credentials(fields: Fields, authorization = ''): Credentials {
  const [, basic] = /^basic (.+)$/i.exec(authorization) ?? []
  if (basic !== undefined) {
    const [id = '', ...secret] = Buffer.from(basic, 'base64').toString().split(':')
    return { id, secret: secret.join(':') }
  }
  return { id: fields['client_id'] ?? '', secret: fields['client_secret'] ?? '' }
}

function authenticate(server: Server, { id, secret }: Credentials, type: string): ApiClient {
  if (!id) throw new TokenError('invalid_client', 'Client credentials were not found in the headers or body')
  const client = server.data.clients.get(id)
  if (secret === '') {
    if (type === 'client_credentials') throw new TokenError('invalid_client', 'client credentials are required')
    if (client?.client_secret === null) return client
    const description = 'This client is invalid or must authenticate using a client secret'
    throw new TokenError('invalid_client', description)
  }
  if (client?.client_secret !== secret) throw new TokenError('invalid_client', 'The client credentials are invalid')
  return client
}

function signIn(server: Server, { username, password }: Fields): string {
  if (!username || !password)
    throw new TokenError('invalid_request', 'Missing parameters: "username" and "password" required')
  const user = server.data.users.get(toLocalId(server, username))
  if (!user?.is_active || user.password !== password)
    throw new TokenError('invalid_grant', 'Invalid username and password combination', 401)
  return user.id
}

function refreshable(server: Server, client: ApiClient, token: string | undefined): Grant {
  if (!token) throw new TokenError('invalid_request', 'Missing parameter: "refresh_token" is required')
  const grant = server.data.refreshTokens.get(token)
  if (grant?.clientId !== client.id) throw new TokenError('invalid_grant', 'Invalid refresh token')
  if (grant.expiresAt <= server.now()) throw new TokenError('invalid_grant', 'Refresh token has expired')
  return grant
}

/** Rejects every authorization code, because the sandbox has no sign-in page that issues codes. */
function rejectCode(code: string | undefined): never {
  if (!code) throw new TokenError('invalid_request', 'Missing parameter: "code" is required')
  throw new TokenError('invalid_grant', "Authorization code doesn't exist or is invalid for the client")
}

function grantedScopes(allowed: string[], requested: string | undefined): string[] {
  const scopes = requested?.split(' ').filter(Boolean) ?? []
  if (scopes.some((scope) => !allowed.includes(scope)))
    throw new TokenError('invalid_scope', 'An unsupported scope was requested')
  return scopes.length > 0 ? scopes : allowed
}

type TokenGrant = Pick<Grant, 'clientId' | 'userId'> & { scopes: string[] }

/** Creates an access token. The token of a user has a refresh token, which is unchanged when it is used. */
function createToken(server: Server, grant: TokenGrant, refreshToken: string | undefined): TokenResponse {
  const lifetime = grant.userId === null ? server.settings.tokenLifetime : userTokenLifetime
  const token = createHexToken()
  server.data.tokens.set(token, { ...grant, expiresAt: server.now() + lifetime * 1000 })
  const response: TokenResponse = {
    access_token: token,
    expires_in: lifetime,
    token_type: 'Bearer',
    scope: grant.scopes.join(' '),
  }
  if (grant.userId === null) return response
  const refresh = refreshToken ?? createHexToken()
  if (!refreshToken)
    server.data.refreshTokens.set(refresh, { ...grant, expiresAt: server.now() + refreshTokenLifetime * 1000 })
  return { ...response, refresh_token: refresh }
}

/** Creates 40 hexadecimal digits, the format of the vendor's IDs, secrets, and tokens. */
export const createHexToken = (): string => randomBytes(20).toString('hex')
