import { getOrigin } from '../origin.ts'
import { randomBytes } from 'node:crypto'
import { errors, jwtVerify } from 'jose'
import type { SandboxKit } from '../kit.ts'
import { ZoomError } from './errors.ts'
import type { Switches } from './switches.ts'
import type { ZoomContext } from './context.ts'

export interface Credentials {
  accountId: string
  clientId: string
  clientSecret: string
  apiKey: string
  apiSecret: string
}

interface Grant {
  ends: number
  scopes: Set<string> | null
  /** Whether the token comes from a grant with which the API rejects every call. */
  useless: boolean
}

export interface Auth {
  /** Checks the token, and that it has one of the scopes. */
  check(c: ZoomContext, scopes: string[]): Promise<void>
  /** Checks a token. @param scopes The token must have one of them. Null: no scope is required. @throws ZoomError */
  checkToken(token: string, scopes: string[] | null): Promise<void>
  revokeTokens(): void
}

/** Creates Server-to-Server OAuth at `/oauth/token`, and the check of HS256 tokens that clients sign. */
export function createAuth(kit: SandboxKit, switches: Switches, own: Credentials, allScopes: Set<string>): Auth {
  const grants = new Map<string, Grant>()
  const jwtKey = new TextEncoder().encode(own.apiSecret)
  const basic = `Basic ${Buffer.from(`${own.clientId}:${own.clientSecret}`).toString('base64')}`
  const badClient = { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }

  kit.app.post('/oauth/token', async (c) => {
    if (c.req.header('authorization') !== basic) return c.json(badClient, 400)
    const parameters = await readParameters(c)
    const type = parameters.get('grant_type')
    if (type === 'refresh_token' || type === 'authorization_code') return c.json({ error: 'invalid_grant' }, 400)
    if (type !== 'account_credentials' && type !== 'client_credentials')
      return c.json({ reason: 'unsupported grant type', error: 'unsupported_grant_type' }, 400)
    if (type === 'account_credentials' && parameters.get('account_id') !== own.accountId)
      return c.json({ reason: 'Bad Request', error: 'invalid_request' }, 400)
    const token = randomBytes(48).toString('base64url')
    const ends = kit.now() + switches.tokenLifetime * 1000
    const scopes = switches.scopes
    grants.set(token, { ends, scopes: scopes && new Set(scopes), useless: type === 'client_credentials' })
    return c.json({
      access_token: token,
      token_type: 'bearer',
      expires_in: switches.tokenLifetime,
      scope: (scopes ?? [...allScopes]).join(' '),
      api_url: getOrigin(c),
    })
  })

  kit.app.post('/oauth/revoke', async (c) => {
    if (c.req.header('authorization') !== basic) return c.json(badClient, 400)
    grants.delete((await readParameters(c)).get('token') ?? '')
    return c.json({ status: 'success' })
  })

  const createTokenError = (message: string) => new ZoomError(switches.authFailureStatus, 124, message)

  async function checkJwt(token: string): Promise<void> {
    try {
      await jwtVerify(token, jwtKey, {
        algorithms: ['HS256'],
        issuer: own.apiKey,
        requiredClaims: ['iss', 'exp'],
        currentDate: new Date(kit.now()),
      })
    } catch (error) {
      throw createTokenError(error instanceof errors.JWTExpired ? 'Access token is expired.' : 'Invalid access token.')
    }
  }

  async function checkToken(token: string, scopes: string[] | null): Promise<void> {
    const grant = grants.get(token)
    if (!grant) return checkJwt(token)
    if (kit.now() >= grant.ends) throw createTokenError('Access token is expired.')
    if (grant.useless) throw new ZoomError(400, 200, 'Invalid api key or secret.')
    if (!grant.scopes || !scopes || scopes.some((scope) => grant.scopes!.has(scope))) return
    throw new ZoomError(400, 4711, `Invalid access token, does not contain scopes:[${scopes.join(', ')}].`)
  }

  return {
    check(c, scopes) {
      const bearer = /^bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
      return checkToken(bearer ?? c.req.query('access_token') ?? '', scopes)
    },
    checkToken,
    revokeTokens: () => grants.clear(),
  }
}

/** Reads parameters of the query and of a form body. A JSON body is ignored. */
async function readParameters(c: ZoomContext): Promise<URLSearchParams> {
  const all = new URLSearchParams(c.req.query())
  if (!c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) return all
  for (const [name, value] of new URLSearchParams(await c.req.text())) all.set(name, value)
  return all
}
