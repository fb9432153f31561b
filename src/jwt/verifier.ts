import { UnsecuredJWT, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import type { Caller } from '../caller.ts'
import { scopes as everyScope } from '../config/clients.ts'
import { KeySet, type KeySetOptions } from './key-set.ts'

export interface JwtVerifierOptions extends KeySetOptions {
  issuer: string
  audience: string
}

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const requiredClaims = ['iss', 'aud', 'exp', 'sub']
const clockToleranceSeconds = 5
const maxTokenLength = 8 * 1024
/** OpenID Connect's limit of a subject. A caller's name is in every log line and record of theirs. */
const maxSubjectLength = 255
const unsecuredHeader = Buffer.from('{"alg":"none"}').toString('base64url')

/** Returns a function from a JWT to its caller. That function throws an Error with the reason, or a Problem of the key set. */
export function createJwtVerifier(options: JwtVerifierOptions): (token: string) => Promise<Caller> {
  const keySet = new KeySet(options)
  const { issuer, audience } = options
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
    if (token.length > maxTokenLength) throw new Error('token longer than 8 KiB')
    return toCaller(await verifyToken(token, findKey, { ...claims, algorithms }))
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
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
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

/** The name cannot be that of a configured client: those have no colon. */
function toCaller({ sub, scope, parley_accounts: accounts }: JWTPayload): Caller {
  if (typeof sub !== 'string' || sub === '') throw new Error('"sub" is no name')
  if (sub.length > maxSubjectLength) throw new Error(`"sub" is longer than ${maxSubjectLength} characters`)
  if (scope !== undefined && typeof scope !== 'string') throw new Error('"scope" is no string')
  const named: ReadonlySet<string> = new Set(scope?.split(' '))
  return {
    name: `jwt:${sub}`,
    scopes: new Set(everyScope.filter((known) => named.has(known))),
    accounts: toAccountKeys(accounts),
  }
}

function toAccountKeys(accounts: unknown): ReadonlySet<string> | null {
  if (accounts === undefined) return null
  if (!Array.isArray(accounts) || !accounts.every((key) => typeof key === 'string')) {
    throw new Error('"parley_accounts" is no list of strings')
  }
  return new Set(accounts)
}
