import { describe, expect, test } from 'vitest'
import type { Code } from '../../src/core/error-codes.ts'
import { Problem, type DeliveryStatus } from '../../src/core/errors.ts'
import {
  shouldVerifyNow,
  deriveOutcome,
  toProblem,
  createUnknownOutcomeProblems,
} from '../../src/operations/outcome.ts'
import { CallContext } from '../../src/upstream/call-context.ts'

const call = (writesStarted: number, writesSucceeded: number) =>
  Object.assign(new CallContext({ caller: 'test', signal: AbortSignal.timeout(1), time: { deadline: 0 } }), {
    writesStarted,
    writesSucceeded,
  })
const problem = (delivery: DeliveryStatus, code: Code = 'VENDOR_UNAVAILABLE') => new Problem(code, 'No.', { delivery })

describe('deriveOutcome', () => {
  test.each([
    ['not-sent', 0, 0, 'NOT_SENT'],
    ['rejected', 0, 0, 'REJECTED'],
    ['unknown', 0, 0, 'NOT_SENT'],
    ['unread', 0, 0, 'NOT_SENT'],
    ['not-sent', 1, 0, 'NOT_SENT'],
    ['rejected', 1, 0, 'REJECTED'],
    ['unknown', 1, 0, 'UNKNOWN'],
    ['unread', 1, 0, 'UNKNOWN'],
    ['not-sent', 2, 1, 'UNKNOWN'],
    ['rejected', 2, 1, 'UNKNOWN'],
  ] as const)('%s, with %i writes begun and %i completed: %s', (delivery, begun, written, outcome) => {
    expect(deriveOutcome(problem(delivery), call(begun, written))).toBe(outcome)
  })

  const rejections: Code[] = [
    'BAD_USER_INPUT',
    'INVALID_ID',
    'NOT_FOUND',
    'FORBIDDEN',
    'UNSUPPORTED_BY_VENDOR',
    'PAYLOAD_TOO_LARGE',
    'UPLOAD_EMPTY',
    'IDEMPOTENCY_KEY_REUSED',
  ]
  test.each(rejections)('returns REJECTED for %s before any vendor call', (code) => {
    expect(deriveOutcome(problem('not-sent', code), call(0, 0))).toBe('REJECTED')
    expect(deriveOutcome(problem('unknown', code), call(1, 0))).toBe('UNKNOWN')
  })
  test.each(['OVERLOADED', 'STORE_UNAVAILABLE', 'UPLOAD_ABORTED'] as const)(
    'returns NOT_SENT for %s, which releases the key',
    (code) => {
      expect(deriveOutcome(problem('not-sent', code), call(1, 0))).toBe('NOT_SENT')
    },
  )
})

test('verifies a change that the vendor has accepted', () => {
  expect(shouldVerifyNow(problem('unread'), call(1, 0))).toBe(true)
  expect(shouldVerifyNow(problem('not-sent'), call(2, 1))).toBe(true)
  for (const delivery of ['not-sent', 'rejected', 'unknown'] as const)
    expect(shouldVerifyNow(problem(delivery), call(1, 0))).toBe(false)
})

test("returns INTERNAL with an unknown delivery and without the error's message", () => {
  const error = new TypeError('secret')
  expect(toProblem(error)).toMatchObject({
    code: 'INTERNAL',
    message: "Internal error. Report it with the request ID, which identifies it in the server's log.",
    delivery: 'unknown',
    cause: error,
  })
  const known = problem('rejected')
  expect(toProblem(known)).toBe(known)
})

test('lists OUTCOME_UNKNOWN first and its cause second', () => {
  const lost = new Problem('VENDOR_UNAVAILABLE', 'No.', { vendorStatus: 502 })
  expect(createUnknownOutcomeProblems(lost)).toMatchObject([
    { code: 'OUTCOME_UNKNOWN', vendorStatus: 502 },
    { code: lost.code },
  ])
  const [first, second] = createUnknownOutcomeProblems(problem('unknown'))
  expect(first).toMatchObject({
    vendorStatus: null,
    message: 'The request was sent, but its result is not known. Query "operation" before you send it again.',
  })
  expect(second).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
})
