import { Problem } from '../../errors.ts'

/** A value that Zoom does not take; `message` says what it takes. */
export function badInput(path: readonly string[], message: string): Problem {
  return new Problem('BAD_USER_INPUT', `${path.join('.')} ${message}.`, {
    path: ['input', ...path],
    evidence: 'refused',
  })
}

/** An input that Zoom has no place for; `message` says what to do instead. */
export function unsupported(path: readonly string[], message: string): Problem {
  return new Problem('UNSUPPORTED_BY_VENDOR', message, { path: ['input', ...path], evidence: 'refused' })
}

/** Throws UNSUPPORTED_BY_VENDOR for the first input that is given. */
export function refuse(inputs: Readonly<Record<string, unknown>>, instead: string): void {
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue
    throw unsupported([name], `Zoom has no place for ${name} here. ${instead}; leave it out.`)
  }
}

/** What `reading` gives, or null where Zoom has no such object. */
export async function nullIfGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Problem && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** The same problem at a place of the input. */
export function at(problem: Problem, path: readonly string[]): Problem {
  const { code, message, retryable, retryAt, evidence, vendorStatus, vendorCode, vendorMessage } = problem
  return new Problem(code, message, {
    retryable,
    retryAt,
    evidence,
    path: ['input', ...path],
    ...(vendorStatus === null ? {} : { vendorStatus }),
    ...(vendorCode === null ? {} : { vendorCode }),
    ...(vendorMessage === null ? {} : { vendorMessage }),
    cause: problem,
  })
}
