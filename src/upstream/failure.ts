import { Problem } from '../errors.ts'
import { abortProblem } from './exchange.ts'

/** Whatever a call threw, as a Problem. */
export function asProblem(error: unknown, signal: AbortSignal, evidence: Problem['evidence'] = 'not-sent'): Problem {
  // Given up between two attempts; the reason itself belongs to everyone who shares the signal.
  if (signal.aborted && error === signal.reason) return abortProblem(signal, { evidence })
  if (error instanceof Problem) return error
  return new Problem('INTERNAL', 'A vendor call failed in an unforeseen way.', { cause: error, evidence })
}

/** False where the problem says nothing of the vendor's health: the caller's own, ours, or an honest refusal. */
export function concernsVendor(problem: Problem): boolean {
  return problem.code.startsWith('VENDOR_') && problem.code !== 'VENDOR_REJECTED' && problem.code !== 'VENDOR_CONFLICT'
}
