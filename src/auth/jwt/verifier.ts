import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import { JWKSMultipleMatchingKeys } from 'jose/errors'
import { decodeJwt } from 'jose/jwt/decode'
import { UnsecuredJWT } from 'jose/jwt/unsecured'
import { jwtVerify } from 'jose/jwt/verify'
import type { Caller } from '../caller.ts'
import { readAccounts, readScopes, readSubject } from './claims.ts'
import { KeySet, type KeySetOptions } from './key-set.ts'

export interface JwtVerifierOptions extends KeySetOptions {
  /** Part of the names of callers, which distinguishes several issuers. */
  name?: string | undefined
  issuer: string
  /** Accepted audiences. */
  audience: string | string[]
  /** Name of the claim with the scopes. Default: both `scope` and `scp`. */
  scopeClaim?: string | undefined
  /** Name of the claim with the account keys. Default: `parley_accounts`. */
  accountsClaim?: string | undefined
}

/** Accepted signature algorithms. All are asymmetric, so that a public key cannot be used to sign. */
export const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const requiredClaims = ['iss', 'aud', 'exp', 'sub']
const clockToleranceSeconds = 5
const maxTokenLength = 8 * 1024
const unsecuredHeader = Buffer.from('{"alg":"none"}').toString('base64url')

/**
 * Returns a function that verifies a JWT and returns its caller. The function throws an Error with the reason if the
 * token is not valid, and `AUTHENTICATION_UNAVAILABLE` if the key set cannot be fetched.
 *
 * @param issuers The values of `issuer` must be unique.
 * @param findKeySet Returns the key set of an issuer. Default: a new key set.
 */
export function createJwtVerifier(
  issuers: readonly JwtVerifierOptions[],
  findKeySet = (issuer: JwtVerifierOptions): KeySet => new KeySet(issuer),
): (token: string) => Promise<Caller> {
  const verifierByIssuer = new Map(
    issuers.map((options) => [options.issuer, createIssuerVerifier(options, findKeySet(options))]),
  )
  const [onlyVerifier] = verifierByIssuer.size === 1 ? verifierByIssuer.values() : []
  return async (token) => {
    if (token.length > maxTokenLength) throw new Error('the token is longer than 8 KiB')
    // The claim is not verified yet. It only selects the verifier.
    const verify = onlyVerifier ?? verifierByIssuer.get(decodeJwt(token).iss ?? '')
    if (!verify) throw new Error('unknown issuer')
    return verify(token)
  }
}

/** Returns the part of a caller's name before the subject. It has a colon, which names of API clients cannot have. */
export function formatSubjectPrefix(issuerName: string | undefined): string {
  return issuerName === undefined ? 'jwt:' : `jwt.${issuerName}:`
}

function createIssuerVerifier(options: JwtVerifierOptions, keySet: KeySet): (token: string) => Promise<Caller> {
  const { name, issuer, audience, scopeClaim, accountsClaim } = options
  const claims = { issuer, audience, clockTolerance: clockToleranceSeconds, requiredClaims }
  const findKey: JWTVerifyGetKey = (header, jws) => {
    const { jku, x5u, jwk, kid } = header
    if (jku !== undefined || x5u !== undefined || jwk !== undefined)
      throw new Error('the header contains a key or its URL')
    if (kid !== undefined && typeof kid !== 'string') throw new Error('"kid" is not a string')
    // A token with invalid claims must not cause a fetch. The claims are checked again after the signature.
    const validateClaims = () => void UnsecuredJWT.decode(`${unsecuredHeader}.${String(jws.payload)}.`, claims)
    return keySet.find(header, jws, validateClaims)
  }
  return async (token) => {
    const payload = await verifyToken(token, findKey, { ...claims, algorithms })
    return {
      name: formatSubjectPrefix(name) + readSubject(payload),
      scopes: readScopes(payload, scopeClaim),
      accounts: readAccounts(payload, accountsClaim),
      expiresAt: (payload.exp! + clockToleranceSeconds) * 1_000,
    }
  }
}

/** Verifies a token with each matching key, because a key set can have several keys with the same ID or without an ID. */
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
