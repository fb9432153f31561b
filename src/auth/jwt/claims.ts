import type { JWTPayload } from 'jose'
import { scopes as everyScope, type Scope } from '../caller.ts'

/** OAuth's claim, and the one of Microsoft Entra ID and Okta. */
const defaultScopeClaims = ['scope', 'scp']
const defaultAccountsClaim = 'parley_accounts'
/** OpenID Connect's limit of a subject. A caller's name is in every log line and record of theirs. */
const maxSubjectLength = 255

/** @throws Error with the reason if the claim is not a name. */
export function readSubject({ sub }: JWTPayload): string {
  if (typeof sub !== 'string' || sub === '') throw new Error('"sub" is no name')
  // SQLite would store two such names as the same.
  if (!sub.isWellFormed()) throw new Error('"sub" holds half of a surrogate pair')
  if (sub.length > maxSubjectLength) throw new Error(`"sub" is longer than ${maxSubjectLength} characters`)
  return sub
}

/**
 * Returns the scopes that Parley knows. A claim is a list, or a string with spaces between the scopes.
 *
 * @param claim Default: `scope` and `scp` together.
 * @throws Error with the reason if a claim has another form.
 */
export function readScopes(payload: JWTPayload, claim: string | undefined): ReadonlySet<Scope> {
  const claims = claim === undefined ? defaultScopeClaims : [claim]
  const named = new Set(claims.flatMap((name) => readWords(payload, name)))
  return new Set(everyScope.filter((scope) => named.has(scope)))
}

function readWords(payload: JWTPayload, name: string): string[] {
  const value = getClaim(payload, name)
  if (value === undefined) return []
  if (typeof value === 'string') return value.split(' ')
  if (isStringList(value)) return value
  throw new Error(`"${name}" is neither a string nor a list of strings`)
}

/**
 * Returns account keys, or null for all accounts if the token has no such claim.
 *
 * @param claim Default: `parley_accounts`.
 * @throws Error with the reason if the claim is not a list.
 */
export function readAccounts(payload: JWTPayload, claim = defaultAccountsClaim): ReadonlySet<string> | null {
  const value = getClaim(payload, claim)
  if (value === undefined) return null
  if (!isStringList(value)) throw new Error(`"${claim}" is no list of strings`)
  return new Set(value)
}

/** Claims of the configuration can have any name, also one of an object's prototype. */
function getClaim(payload: JWTPayload, name: string): unknown {
  return Object.hasOwn(payload, name) ? payload[name] : undefined
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
