import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Context } from 'hono'
import { compactVerify } from 'jose'
import { z } from 'zod'
import type { SandboxApp } from '../kit.ts'
import type { AccessTokens } from './tokens.ts'

export const audience = 'oidc.imeetcentral.com'
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** Seconds by which `iat` of an assertion can be in the future. The vendor is reported to allow almost none. */
const leeway = 1

const Claims = z.object({
  iss: z.string(),
  aud: z.literal(audience),
  exp: z.number(),
  iat: z.number(),
  scp: z.literal('cd.user'),
})

type TokenError = 'invalid_request' | 'unsupported_grant_type' | 'invalid_grant' | 'invalid_client'

export interface Client {
  clientId: string
  privateKey: KeyObject
}

/** Serves `POST /oauth2/token`: the JWT bearer grant of RFC 7523, with a JSON or form body. */
export function serveTokens(app: SandboxApp, client: Client, tokens: AccessTokens, now: () => number): void {
  const publicKey = createPublicKey(client.privateKey)

  app.post('/oauth2/token', async (c) => {
    const form = await readGrant(c)
    if (!form) return rejectTokenRequest(c, 'invalid_request', 'the body cannot be read')
    if (!form.grant_type) return rejectTokenRequest(c, 'invalid_request', 'required parameter: grant_type')
    if (form.grant_type !== jwtBearer)
      return rejectTokenRequest(c, 'unsupported_grant_type', 'the grant_type is not supported')
    if (!form.assertion) return rejectTokenRequest(c, 'invalid_request', 'required parameter: assertion')

    const claims = await verifiedClaims(form.assertion, publicKey)
    if (!claims) return rejectTokenRequest(c, 'invalid_grant', 'the assertion is not valid')
    if (claims.iss !== client.clientId) return rejectTokenRequest(c, 'invalid_client', 'the client is not known')
    const seconds = now() / 1000
    if (claims.exp <= seconds) return rejectTokenRequest(c, 'invalid_grant', 'the assertion has expired')
    if (claims.iat > seconds + leeway)
      return rejectTokenRequest(c, 'invalid_grant', 'the assertion was issued in the future')

    const response = { token_type: 'Bearer', access_token: tokens.issue(), expires_in: tokens.lifeSeconds }
    return c.json(response, 200, { 'Cache-Control': 'no-store', Pragma: 'no-cache' })
  })
}

async function readGrant(c: Context): Promise<{ grant_type?: string; assertion?: string } | null> {
  const Grant = z.object({ grant_type: z.string().optional(), assertion: z.string().optional() })
  try {
    const text = await c.req.text()
    const isJson = c.req.header('content-type')?.includes('json')
    const fields: unknown = isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))
    return Grant.parse(fields) as { grant_type?: string; assertion?: string }
  } catch {
    return null
  }
}

async function verifiedClaims(assertion: string, key: KeyObject): Promise<z.infer<typeof Claims> | null> {
  try {
    const { payload } = await compactVerify(assertion, key, { algorithms: ['RS256'] })
    return Claims.parse(JSON.parse(new TextDecoder().decode(payload)))
  } catch {
    return null
  }
}

// Messages, statuses, and headers are those of the OAuth library that the vendor is known to have used.
function rejectTokenRequest(c: Context, error: TokenError, description: string): Response {
  const status = error === 'invalid_grant' || error === 'invalid_client' ? 401 : 400
  return c.json({ error, error_description: description }, status, {
    'WWW-Authenticate': `Bearer error="${error}", error_description="${description}"`,
    'Cache-Control': 'no-store',
    Pragma: 'no-cache',
  })
}
