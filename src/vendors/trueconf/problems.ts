import { Problem } from '../../errors.ts'

/** A value that cannot be; `must` says what can. */
export const badInput = (path: readonly string[], must: string): Problem =>
  new Problem('BAD_USER_INPUT', `${path.join('.')} ${must}.`, { path: ['input', ...path], evidence: 'refused' })

/** What the vendor has no place for, and what to do instead. */
export const unsupported = (path: readonly string[], message: string): Problem =>
  new Problem('UNSUPPORTED_BY_VENDOR', message, { path: ['input', ...path], evidence: 'refused' })

/** The same problem at another place of the input. */
export function at(problem: Problem, path: readonly string[]): Problem {
  const { code, message, retryable, retryAt, evidence, vendorStatus, vendorCode, vendorMessage } = problem
  return new Problem(code, message, {
    retryable,
    retryAt,
    evidence,
    path,
    ...(vendorStatus === null ? {} : { vendorStatus }),
    ...(vendorCode === null ? {} : { vendorCode }),
    ...(vendorMessage === null ? {} : { vendorMessage }),
    cause: problem,
  })
}

/** Null where the vendor has no such object. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Problem && error.code === 'NOT_FOUND') return null
    throw error
  }
}
