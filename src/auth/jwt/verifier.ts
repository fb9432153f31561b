import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import { JWKSMultipleMatchingKeys } from 'jose/errors'
import { decodeJwt } from 'jose/jwt/decode'
import { UnsecuredJWT } from 'jose/jwt/unsecured'
import { jwtVerify } from 'jose/jwt/verify'
import type { Caller } from '../caller.ts'
import { readAccounts, readScopes, readSubject } from './claims.ts'
import { KeySet, type KeySetOptions } from './key-set.ts'

export interface JwtVerifierOptions extends KeySetOptions {
  /** Part of the callers' names, if there are several issuers. */
  name?: string | undefined
  issuer: string
  /** A token must have one of them. */
  audience: string | string[]
  /** Default: `scope` and `scp`. */
  scopeClaim?: string | undefined
  /** Default: `parley_accounts`. */
  accountsClaim?: string | undefined
}

export const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const requiredClaims = ['iss', 'aud', 'exp', 'sub']
const clockToleranceSeconds = 5
const maxTokenLength = 8 * 1024
const unsecuredHeader = Buffer.from('{"alg":"none"}').toString('base64url')

/**
 * Returns a function from a JWT to its caller. That function throws an Error with the reason, or a Problem of the key set.
 *
 * @param issuers Each with its own `issuer`.
 * @param findKeySet Returns the keys of an issuer.
 */
export function createJwtVerifier(
  issuers: readonly JwtVerifierOptions[],
  findKeySet = (issuer: JwtVerifierOptions): KeySet => new KeySet(issuer),
): (token: string) => Promise<Caller> {
  const verifierByIssuer = new Map(
    issuers.map((options) => [options.issuer, createIssuerVerifier(options, findKeySet(options))]),
  )
  const [only] = verifierByIssuer.size === 1 ? verifierByIssuer.values() : []
  return async (token) => {
    if (token.length > maxTokenLength) throw new Error('token longer than 8 KiB')
    // The claim only chooses the verifier, which does not trust it either before the signature is verified.
    const verify = only ?? verifierByIssuer.get(decodeJwt(token).iss ?? '')
    if (!verify) throw new Error('unknown issuer')
    return verify(token)
  }
}

/** Returns the part of a caller's name before the subject. The name cannot be that of an API client: those have no colon. */
export function formatSubjectPrefix(issuerName: string | undefined): string {
  return issuerName === undefined ? 'jwt:' : `jwt.${issuerName}:`
}

function createIssuerVerifier(options: JwtVerifierOptions, keySet: KeySet): (token: string) => Promise<Caller> {
  const { name, issuer, audience, scopeClaim, accountsClaim } = options
  const claims = { issuer, audience, clockTolerance: clockToleranceSeconds, requiredClaims }
  const findKey: JWTVerifyGetKey = (header, jws) => {
    const { jku, x5u, jwk, kid } = header
    if (jku !== undefined || x5u !== undefined || jwk !== undefined) throw new Error('header brings its own key')
    if (kid !== undefined && typeof kid !== 'string') throw new Error('"kid" is not a string')
    // Only a token that could be valid may wait for keys. The claims are not trusted before the signature is verified.
    const validateClaims = () => void UnsecuredJWT.decode(`${unsecuredHeader}.${String(jws.payload)}.`, claims)
    return keySet.find(header, jws, validateClaims)
  }
  return async (token) => {
    const payload = await verifyToken(token, findKey, { ...claims, algorithms })
    return {
      name: formatSubjectPrefix(name) + readSubject(payload),
      scopes: readScopes(payload, scopeClaim),
      accounts: readAccounts(payload, accountsClaim),
    }
  }
}

/** Tries every key that fits: a key set can hold several keys with one ID, or without an ID. */
async function verifyToken(
  token: string,
  findKey: JWTVerifyGetKey,
  options: Parameters<typeof jwtVerify>[2],
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, findKey, options)).payload
  } catch (error) {
    if (!(error instanceof JWKSMultipleMatchingKeys)) throw error
    let reason: unknown = error
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload
      } catch (failure) {
        reason = failure
      }
    }
    throw reason
  }
}
