import type { Capability } from './capability.ts'

/** Required scopes of each capability. Each scope is a list of alternative names. The first name is recommended. */
export type RequiredScopes = Partial<Record<Capability, readonly (readonly string[])[]>>

/** A capability for which an access token lacks scopes. */
export interface MissingScopes {
  capability: Capability
  /** The missing scopes, as in `RequiredScopes`. */
  scopes: readonly (readonly string[])[]
}

/** Finds the capabilities for which an access token lacks scopes. */
export function findMissingScopes(required: RequiredScopes, granted: readonly string[]): MissingScopes[] {
  const isMissing = (names: readonly string[]): boolean => !names.some((name) => granted.includes(name))
  return Object.entries(required)
    .map(([capability, scopes]) => ({ capability: capability as Capability, scopes: scopes.filter(isMissing) }))
    .filter(({ scopes }) => scopes.length > 0)
}
