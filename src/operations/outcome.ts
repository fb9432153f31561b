import type { Code } from '../core/error-codes.ts'
import { createInternalProblem, Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'

/** What is known of a mutation's effect. */
export type Outcome = 'PENDING' | 'SUCCEEDED' | 'REJECTED' | 'NOT_SENT' | 'UNKNOWN'

/** Codes of final rejections, by Parley or by a vendor. The same input would be rejected again. */
const rejectionCodes: ReadonlySet<Code> = new Set<Code>([
  'BAD_USER_INPUT',
  'INVALID_ID',
  'NOT_FOUND',
  'FORBIDDEN',
  'UNSUPPORTED_BY_VENDOR',
  'PAYLOAD_TOO_LARGE',
  'UPLOAD_EMPTY',
  'IDEMPOTENCY_KEY_REUSED',
])

/** Derives the outcome from an error and from the writes that were started before it. */
export function deriveOutcome({ code, delivery }: Problem, call: CallContext): 'REJECTED' | 'NOT_SENT' | 'UNKNOWN' {
  const isUnknown = delivery === 'unknown' || delivery === 'unread'
  if (call.writesSucceeded > 0 || (call.writesStarted > 0 && isUnknown)) return 'UNKNOWN'
  return delivery === 'rejected' || rejectionCodes.has(code) ? 'REJECTED' : 'NOT_SENT'
}

/** Whether the vendor has confirmed a change, so that it is worth reading the vendor in the remaining time. */
export function shouldVerifyNow({ delivery }: Problem, { writesSucceeded }: CallContext): boolean {
  return writesSucceeded > 0 || delivery === 'unread'
}

/** Returns the error if it is a Problem. Otherwise INTERNAL with an unknown delivery. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return createInternalProblem({ cause: error, delivery: 'unknown' })
}

/** Returns the problems of an operation whose request was sent but whose result is not known: first OUTCOME_UNKNOWN, then its cause. */
export function createUnknownOutcomeProblems(cause: Problem): Problem[] {
  const message = 'The request was sent, but its result is not known. Query "operation" before you send it again.'
  const { vendorStatus } = cause
  return [new Problem('OUTCOME_UNKNOWN', message, { vendorStatus }), cause]
}
