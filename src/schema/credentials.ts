import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'

/** Whether the caller has the scope that credentials in a payload require. */
export function canReceiveCredentials({ caller }: Context): boolean {
  return caller.scopes.has('credentials')
}

/** Creates the problem of a caller without the scope for `field`, which returns a credential. */
export function createMissingScopeProblem(field: string): Problem {
  return new Problem('FORBIDDEN', `"${field}" requires the scope "credentials".`, { delivery: 'rejected' })
}
