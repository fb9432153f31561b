import { SignJWT } from 'jose/jwt/sign'
import type { AuthScheme } from '../../upstream/auth-scheme.ts'
import type { Config } from './config.ts'

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** Uses the JWT bearer grant (RFC 7523). `iat` is 1 minute ago, because the vendor rejects a time in the future. */
export function createAuthScheme({ clientId, key, audience, tokenUrl }: Config): AuthScheme {
  return {
    tokenUrl,
    async fetchToken({ now, postTokenRequest }) {
      const seconds = Math.floor(now() / 1000)
      const claims = { iss: clientId, aud: audience, iat: seconds - 60, exp: seconds + 300, scp: 'cd.user' }
      const assertion = await new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256' }).sign(key)
      return postTokenRequest({ json: { grant_type: jwtBearer, assertion } })
    },
  }
}
