import type { Scope } from '../auth/caller.ts'
import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'

/** Whether the caller has the scope that credentials in a payload require. */
export function canReceiveCredentials({ caller }: Context): boolean {
  return caller.scopes.has('credentials')
}

/** @throws `FORBIDDEN` if the caller does not have the scope that `field` requires. */
export function assertScope({ caller }: Context, field: string, scope: Scope): void {
  if (!caller.scopes.has(scope)) throw createMissingScopeProblem(field, scope)
}

/** Creates the problem of a caller without the scope that `field` requires. */
export function createMissingScopeProblem(field: string, scope: Scope): Problem {
  return new Problem('FORBIDDEN', `"${field}" requires the scope "${scope}".`, { delivery: 'rejected' })
}
