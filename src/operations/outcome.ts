import { Problem, type Code } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'

export type Outcome = 'PENDING' | 'SUCCEEDED' | 'REJECTED' | 'NOT_SENT' | 'UNKNOWN'

/** Refusals that are final whether or not a vendor was asked; the same input would be refused again. */
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

/** What a failure proves, by what its call had done until then: where no write was begun, none was lost. */
export function deriveOutcome({ code, delivery }: Problem, call: CallContext): 'REJECTED' | 'NOT_SENT' | 'UNKNOWN' {
  const lost = delivery === 'unknown' || delivery === 'unread'
  if (call.writesSucceeded > 0 || (call.writesStarted > 0 && lost)) return 'UNKNOWN'
  return delivery === 'rejected' || rejectionCodes.has(code) ? 'REJECTED' : 'NOT_SENT'
}

/** The vendor has said that it did something: a look at it is worth the time that is left. */
export function isWorthReadingBack({ delivery }: Problem, { writesSucceeded }: CallContext): boolean {
  return writesSucceeded > 0 || delivery === 'unread'
}

/** A failure of any kind as a Problem; one that is a defect proves nothing of what was sent. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const text = 'Something went wrong on our side. The request id finds it in the log.'
  return new Problem('INTERNAL', text, { cause: error, delivery: 'unknown' })
}

/** The problems of an operation that left us and whose answer was lost: first that, then why. */
export function createUnknownOutcomeProblems(cause: Problem): Problem[] {
  const text = 'It left us and its answer was lost: look the operation up before sending it again.'
  const { vendorStatus } = cause
  return [new Problem('OUTCOME_UNKNOWN', text, { vendorStatus }), cause]
}
