import type { AuthScheme } from '../../upstream/auth-scheme.ts'
import type { Config } from './config.ts'

/** Uses OAuth client credentials (`POST /oauth2/v1/token`), or the server's secret key as a token that does not expire. */
export function createAuthScheme({ serverUrl, credentials }: Config): AuthScheme {
  if ('secretKey' in credentials)
    return {
      fetchToken: async () => ({ value: credentials.secretKey, expiresAt: null }),
      // TrueConf documents the secret key only as a query parameter, and rejects a request with a header and a parameter.
      attachToken: (token) => ({ query: { access_token: token } }),
      isRenewable: false,
    }
  const form = {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  }
  return { tokenUrl: `${serverUrl}/oauth2/v1/token`, fetchToken: ({ postTokenRequest }) => postTokenRequest({ form }) }
}
