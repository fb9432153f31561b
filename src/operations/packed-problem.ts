import { Problem, type Code } from '../errors.ts'

/** A Problem as it is stored: what its reader may see, without its cause. */
export interface PackedProblem {
  code: Code
  message: string
  retryable: boolean
  retryAt: number | null
  path: readonly string[] | null
  vendorStatus: number | null
  vendorCode: string | null
  vendorMessage: string | null
  account: string | null
}

export function packProblem(problem: Problem): PackedProblem {
  const { code, message, retryable, retryAt, path, vendorStatus, vendorCode, vendorMessage, account } = problem
  return { code, message, retryable, retryAt, path, vendorStatus, vendorCode, vendorMessage, account }
}

export function unpackProblem(packed: PackedProblem): Problem {
  const { code, message, retryable, retryAt, path, vendorStatus, vendorCode, vendorMessage, account } = packed
  return new Problem(code, message, {
    retryable,
    retryAt,
    ...(path && { path }),
    ...(vendorStatus !== null && { vendorStatus }),
    ...(vendorCode !== null && { vendorCode }),
    ...(vendorMessage !== null && { vendorMessage }),
    ...(account !== null && { account }),
  })
}
