import { SignJWT } from 'jose/jwt/sign'
import type { AuthScheme } from '../../upstream/auth-scheme.ts'
import type { Config } from './config.ts'

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** The JWT bearer grant (RFC 7523). `iat` lies a minute back, because the vendor takes none from the future. */
export function createAuthScheme({ clientId, key, audience, tokenUrl }: Config): AuthScheme {
  return {
    tokenUrl,
    async fetchToken({ now, postTokenRequest: request }) {
      const seconds = Math.floor(now() / 1000)
      const claims = { iss: clientId, aud: audience, iat: seconds - 60, exp: seconds + 300, scp: 'cd.user' }
      const assertion = await new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256' }).sign(key)
      return request({ json: { grant_type: jwtBearer, assertion } })
    },
  }
}
