import type { JWK } from 'jose'
import type { CheckResult } from '../check-result.ts'
import { createRemoteKeySet, formatKeySetFailure } from './key-set-request.ts'
import { algorithms, type JwtVerifierOptions } from './verifier.ts'

/** Longer than the server waits: nobody waits for this test. */
const timeoutMs = 10_000

/** Fetches the key set of an issuer, and tests whether it has a key that can verify JWTs. */
export async function checkKeySet(issuer: JwtVerifierOptions): Promise<CheckResult> {
  const remote = createRemoteKeySet(issuer, timeoutMs)
  try {
    await remote.reload()
  } catch (error) {
    return { isOk: false, message: `the key set cannot be fetched from "jwksUrl" (${formatKeySetFailure(error)})` }
  }
  const count = remote.jwks()!.keys.filter(canVerify).length
  if (count === 0) return { isOk: false, message: `the key set has no key for ${algorithms.join(', ')}` }
  return { isOk: true, message: `ok, ${count} ${count === 1 ? 'key' : 'keys'}` }
}

function canVerify({ kty, crv, use, alg }: JWK): boolean {
  if (use === 'enc' || (alg !== undefined && !algorithms.includes(alg))) return false
  return kty === 'RSA' || (kty === 'EC' && crv === 'P-256') || (kty === 'OKP' && crv === 'Ed25519')
}
