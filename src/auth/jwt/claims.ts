import type { JWTPayload } from 'jose'
import { scopes as allScopes, type Scope } from '../caller.ts'

/** `scope` is the claim of OAuth 2.0, `scp` that of Microsoft Entra ID and Okta. */
const defaultScopeClaims = ['scope', 'scp']
const defaultAccountsClaim = 'parley_accounts'
/** The limit of OpenID Connect. Every log line and operation of the caller contains the subject. */
const maxSubjectLength = 255

/**
 * Returns the subject of a token.
 *
 * @throws Error with the reason if the claim is missing or not a valid name.
 */
export function readSubject({ sub }: JWTPayload): string {
  if (typeof sub !== 'string' || sub === '') throw new Error('"sub" is missing, empty, or not a string')
  // SQLite would store different invalid names as the same text.
  if (!sub.isWellFormed()) throw new Error('"sub" has an unpaired surrogate')
  if (sub.length > maxSubjectLength) throw new Error(`"sub" is longer than ${maxSubjectLength} characters`)
  return sub
}

/**
 * Returns the scopes of a token. Ignores scopes that Parley does not define. The claim is a list of strings, or a
 * string with spaces between the scopes.
 *
 * @param claim Name of the claim. Default: both `scope` and `scp`.
 * @throws Error with the reason if the claim has another type.
 */
export function readScopes(payload: JWTPayload, claim: string | undefined): ReadonlySet<Scope> {
  const claims = claim === undefined ? defaultScopeClaims : [claim]
  const words = new Set(claims.flatMap((name) => readWords(payload, name)))
  return new Set(allScopes.filter((scope) => words.has(scope)))
}

function readWords(payload: JWTPayload, name: string): string[] {
  const value = getClaim(payload, name)
  if (value === undefined) return []
  if (typeof value === 'string') return value.split(' ')
  if (isStringList(value)) return value
  throw new Error(`"${name}" is neither a string nor a list of strings`)
}

/**
 * Returns the keys of the accounts that the caller can use. Null, for all accounts, if the token does not have the claim.
 *
 * @param claim Name of the claim. Default: `parley_accounts`.
 * @throws Error with the reason if the claim is not a list of strings.
 */
export function readAccounts(payload: JWTPayload, claim = defaultAccountsClaim): ReadonlySet<string> | null {
  const value = getClaim(payload, claim)
  if (value === undefined) return null
  if (!isStringList(value)) throw new Error(`"${claim}" is not a list of strings`)
  return new Set(value)
}

/**
 * Returns undefined if the token does not have the claim. The configured name can be that of a member of the prototype
 * of objects.
 */
function getClaim(payload: JWTPayload, name: string): unknown {
  return Object.hasOwn(payload, name) ? payload[name] : undefined
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
