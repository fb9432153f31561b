import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'

const cause = new Error('closed')
const problem = new Problem('VENDOR_UNAVAILABLE', 'No.', {
  retryable: false,
  retryAt: 5,
  path: ['input', 'title'],
  vendorStatus: 503,
  vendorCode: '7',
  vendorMessage: 'down',
  delivery: 'unknown',
  readRetry: 'once',
  account: 'zoom',
  cause,
})

describe('Problem.with', () => {
  test('copies every detail that it does not change', () => {
    const copy = problem.with({})
    expect(copy).not.toBe(problem)
    expect({ ...copy }).toEqual({ ...problem })
    expect(copy.message).toBe('No.')
    expect(copy.cause).toBe(cause)
  })

  test('changes the code, the message, and details', () => {
    const changed = problem.with({
      code: 'BAD_USER_INPUT',
      message: 'Yes.',
      path: null,
      vendorStatus: 400,
      cause: null,
    })
    expect({ ...changed }).toEqual({ ...problem, code: 'BAD_USER_INPUT', path: null, vendorStatus: 400 })
    expect(changed.message).toBe('Yes.')
    expect(changed.cause).toBeNull()
  })

  test('does not change the original', () => {
    problem.with({ account: 'trueconf' }).delivery = 'rejected'
    expect(problem).toMatchObject({ account: 'zoom', delivery: 'unknown' })
  })
})
