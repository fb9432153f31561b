import type { Scope } from '../auth/caller.ts'
import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'

/** Whether the caller has the scope that credentials in a payload require. */
export function canReceiveCredentials({ caller }: Context): boolean {
  return caller.scopes.has('credentials')
}

/** Creates the problem of a caller without the scope that `field` requires. */
export function createMissingScopeProblem(field: string, scope: Scope = 'credentials'): Problem {
  return new Problem('FORBIDDEN', `"${field}" requires the scope "${scope}".`, { delivery: 'rejected' })
}
