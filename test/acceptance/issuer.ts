import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

/** An identity provider that signs JWTs, with a key set on a loopback port. */
export interface Issuer {
  settings: { issuer: string; audience: string; jwksUrl: string }
  /** PEM of the public key. */
  publicPem: string
  /** Paths that were requested. */
  requests: string[]
  origin: string
  /** Signs valid claims. @param claims Replace the valid ones. Claims that are undefined are omitted. */
  sign(claims?: object, header?: object): Promise<string>
  /** Signs valid claims with a key that is not in the key set. */
  forge(): Promise<string>
  close(): Promise<void>
}

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const unknownKeys = await generateKeyPair('RS256')
  const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] })
  const requests: string[] = []
  const server = http.createServer((request, response) => {
    requests.push(request.url ?? '')
    response.end(keySet)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { issuer: 'us', audience: 'parley', jwksUrl: `${origin}/keys` }
  const createClaims = (changes: object) => {
    const exp = Math.floor(Date.now() / 1000) + 600
    const claims = { iss: 'us', aud: 'parley', sub: 'anna', exp, scope: 'read', parley_accounts: ['zoom'], ...changes }
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)) as JWTPayload
  }
  const signWith = (key: typeof privateKey, claims: object, header: object) =>
    new SignJWT(createClaims(claims)).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key)
  return {
    settings,
    publicPem: await exportSPKI(publicKey),
    requests,
    origin,
    sign: (claims = {}, header = {}) => signWith(privateKey, claims, header),
    forge: () => signWith(unknownKeys.privateKey, {}, {}),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
