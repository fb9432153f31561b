import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'

/** A Problem as it is stored, without its cause. Null properties are omitted. */
export interface PackedProblem extends Partial<
  Pick<Problem, 'retryAt' | 'path' | 'vendorStatus' | 'vendorCode' | 'vendorMessage' | 'account'>
> {
  code: Code
  message: string
  retryable: boolean
}

export function packProblem(problem: Problem): PackedProblem {
  const { code, message, retryable, retryAt, path, vendorStatus, vendorCode, vendorMessage, account } = problem
  const details = { retryAt, path, vendorStatus, vendorCode, vendorMessage, account }
  return { code, message, retryable, ...omitNulls(details) }
}

export function unpackProblem({ code, message, ...details }: PackedProblem): Problem {
  return new Problem(code, message, details)
}

const omitNulls = (details: object): object =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null && value !== undefined))
