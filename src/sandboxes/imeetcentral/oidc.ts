import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Context } from 'hono'
import { compactVerify } from 'jose'
import { z } from 'zod'
import type { SandboxApp } from '../kit.ts'
import type { AccessTokens } from './tokens.ts'

export const audience = 'oidc.imeetcentral.com'
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** Seconds an assertion's `iat` may lie ahead; the vendor is said to allow next to none. */
const leeway = 1

const Claims = z.object({
  iss: z.string(),
  aud: z.literal(audience),
  exp: z.number(),
  iat: z.number(),
  scp: z.literal('cd.user'),
})

type Refusal = 'invalid_request' | 'unsupported_grant_type' | 'invalid_grant' | 'invalid_client'

export interface Client {
  clientId: string
  privateKey: KeyObject
}

/** `POST /oauth2/token`: the JWT bearer grant of RFC 7523, with a JSON or a form body. */
export function serveTokens(app: SandboxApp, client: Client, tokens: AccessTokens, now: () => number): void {
  const publicKey = createPublicKey(client.privateKey)

  app.post('/oauth2/token', async (c) => {
    const form = await readGrant(c)
    if (!form) return refuse(c, 'invalid_request', 'the body cannot be read')
    if (!form.grant_type) return refuse(c, 'invalid_request', 'required parameter: grant_type')
    if (form.grant_type !== jwtBearer) return refuse(c, 'unsupported_grant_type', 'the grant_type is not supported')
    if (!form.assertion) return refuse(c, 'invalid_request', 'required parameter: assertion')

    const claims = await verifiedClaims(form.assertion, publicKey)
    if (!claims) return refuse(c, 'invalid_grant', 'the assertion is not valid')
    if (claims.iss !== client.clientId) return refuse(c, 'invalid_client', 'the client is not known')
    const seconds = now() / 1000
    if (claims.exp <= seconds) return refuse(c, 'invalid_grant', 'the assertion has expired')
    if (claims.iat > seconds + leeway) return refuse(c, 'invalid_grant', 'the assertion was issued in the future')

    const answer = { token_type: 'Bearer', access_token: tokens.issue(), expires_in: tokens.lifeSeconds }
    return c.json(answer, 200, { 'Cache-Control': 'no-store', Pragma: 'no-cache' })
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

// Words, statuses and headers of the OAuth library that the vendor is known to have used.
function refuse(c: Context, error: Refusal, description: string): Response {
  const status = error === 'invalid_grant' || error === 'invalid_client' ? 401 : 400
  return c.json({ error, error_description: description }, status, {
    'WWW-Authenticate': `Bearer error="${error}", error_description="${description}"`,
    'Cache-Control': 'no-store',
    Pragma: 'no-cache',
  })
}
