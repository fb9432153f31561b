import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose'

/** Who signs the callers' JWTs, with its key set on a loopback port. */
export interface Issuer {
  settings: { issuer: string; audience: string; jwksUrl: string }
  /** PEM of the public key. */
  publicPem: string
  /** Paths that were asked for. */
  asked: string[]
  origin: string
  /** Valid claims with these over them; one that is undefined is left out. */
  sign(claims?: object, header?: object): Promise<string>
  /** By a key that nobody knows. */
  forge(): Promise<string>
  close(): Promise<void>
}

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const stranger = await generateKeyPair('RS256')
  const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] })
  const asked: string[] = []
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(keySet)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings = { issuer: 'us', audience: 'parley', jwksUrl: `${origin}/keys` }
  const claimsOf = (over: object) => {
    const exp = Math.floor(Date.now() / 1000) + 600
    const claims = { iss: 'us', aud: 'parley', sub: 'anna', exp, scope: 'read', parley_accounts: ['zoom'], ...over }
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)) as JWTPayload
  }
  const signed = (by: typeof privateKey, claims: object, header: object) =>
    new SignJWT(claimsOf(claims)).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(by)
  return {
    settings,
    publicPem: await exportSPKI(publicKey),
    asked,
    origin,
    sign: (claims = {}, header = {}) => signed(privateKey, claims, header),
    forge: () => signed(stranger.privateKey, {}, {}),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
