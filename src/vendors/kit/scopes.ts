import type { Capability } from './capability.ts'

/** The scopes of each capability. Each scope is a list of the names that grant it; the first is the recommended one. */
export type RequiredScopes = Partial<Record<Capability, readonly (readonly string[])[]>>

/** A capability whose calls the vendor rejects, in whole or in part. */
export interface MissingScopes {
  capability: Capability
  /** As in `RequiredScopes`. */
  scopes: readonly (readonly string[])[]
}

/** Compares the scopes of an access token with those that each capability requires. */
export function findMissingScopes(required: RequiredScopes, granted: readonly string[]): MissingScopes[] {
  const isMissing = (names: readonly string[]): boolean => !names.some((name) => granted.includes(name))
  return Object.entries(required)
    .map(([capability, scopes]) => ({ capability: capability as Capability, scopes: scopes.filter(isMissing) }))
    .filter(({ scopes }) => scopes.length > 0)
}
