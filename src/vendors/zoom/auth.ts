import { SignJWT } from 'jose/jwt/sign'
import type { AuthScheme } from '../../upstream/auth-scheme.ts'
import type { Config } from './config.ts'

/** TTL of a token that Parley signs. */
const signedTokenTtlSeconds = 3600

/** Uses Server-to-Server OAuth, or signs tokens if the account has an API key. */
export function createAuthScheme({ credentials, tokenUrl }: Config): AuthScheme {
  if ('apiKey' in credentials) return createSignedTokenScheme(credentials.apiKey, credentials.apiSecret)
  const { accountId, clientId, clientSecret } = credentials
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  return {
    tokenUrl,
    fetchToken: ({ postTokenRequest }) =>
      postTokenRequest({
        headers: { authorization: `Basic ${basic}` },
        form: { grant_type: 'account_credentials', account_id: accountId },
      }),
  }
}

function createSignedTokenScheme(apiKey: string, apiSecret: string): AuthScheme {
  const key = new TextEncoder().encode(apiSecret)
  return {
    async fetchToken({ now }) {
      const exp = Math.floor(now() / 1000) + signedTokenTtlSeconds
      const value = await new SignJWT({ iss: apiKey, exp }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key)
      return { value, expiresAt: exp * 1000 }
    },
  }
}
