import type { JWK } from 'jose'
import { importJWK } from 'jose/key/import'
import type { CheckResult } from '../../core/check-result.ts'
import { createRemoteKeySet, formatKeySetFailure } from './key-set-request.ts'
import { algorithms, type JwtVerifierOptions } from './verifier.ts'

/** Longer than the timeout of the server, because no request waits for this check. */
const timeoutMs = 10_000

/** Fetches the key set of an issuer, and checks that it has a key that can verify JWTs. Does not throw. */
export async function checkKeySet(issuer: JwtVerifierOptions): Promise<CheckResult> {
  const remote = createRemoteKeySet(issuer, timeoutMs)
  try {
    await remote.reload()
  } catch (error) {
    return { isOk: false, message: `the key set cannot be fetched from "jwksUrl" (${formatKeySetFailure(error)})` }
  }
  const usable = await Promise.all(remote.jwks()!.keys.map(canVerify))
  const count = usable.filter(Boolean).length
  if (count === 0) return { isOk: false, message: `the key set has no key for ${algorithms.join(', ')}. ${required}` }
  return { isOk: true, message: `ok, ${count} ${count === 1 ? 'key' : 'keys'}` }
}

const minRsaBits = 2_048
const required = 'Publish a public key, for RSA with at least 2,048 bits.'

/** Whether jose can verify JWTs with the key. It does not accept private keys and short RSA keys. */
async function canVerify(jwk: JWK): Promise<boolean> {
  const { use, key_ops: uses, alg = findAlgorithm(jwk) } = jwk
  if (use === 'enc' || (uses && !uses.includes('verify')) || alg === undefined || !algorithms.includes(alg))
    return false
  try {
    const key = await importJWK(jwk, alg)
    if (key instanceof Uint8Array || key.type !== 'public') return false
    return !('modulusLength' in key.algorithm) || Number(key.algorithm.modulusLength) >= minRsaBits
  } catch {
    return false
  }
}

/**
 * Returns an algorithm for a key without `alg`, which can be used for every algorithm of its type. Undefined if none is
 * supported.
 */
function findAlgorithm({ kty, crv }: JWK): string | undefined {
  if (kty === 'RSA') return 'RS256'
  if (kty === 'EC' && crv === 'P-256') return 'ES256'
  return kty === 'OKP' && crv === 'Ed25519' ? 'EdDSA' : undefined
}
