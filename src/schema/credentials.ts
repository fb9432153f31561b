import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'

export function canReceiveCredentials({ caller }: Context): boolean {
  return caller.scopes.has('credentials')
}

/** What is kept from a caller without the scope. */
export function createMissingScopeProblem(field: string): Problem {
  return new Problem('FORBIDDEN', `${field} takes the scope credentials.`, { delivery: 'rejected' })
}
