import type { AuthScheme } from '../../upstream/auth-scheme.ts'
import type { Config } from './config.ts'

/** Client credentials (`POST /oauth2/v1/token`), or the server's secret key, which is itself a token without an end. */
export function createAuthScheme({ serverUrl, credentials }: Config): AuthScheme {
  if ('secretKey' in credentials)
    return {
      fetchToken: async () => ({ value: credentials.secretKey, expiresAt: null }),
      // As a header it is shown by nobody; the server refuses both at once.
      attachToken: (token) => ({ query: { access_token: token } }),
      isRenewable: false,
    }
  const form = {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  }
  return { tokenUrl: `${serverUrl}/oauth2/v1/token`, fetchToken: ({ postTokenRequest: request }) => request({ form }) }
}
