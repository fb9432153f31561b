import type { Code } from '../../core/error-codes.ts'
import { Problem } from '../../core/errors.ts'

/** Paths of input fields, without `input`, by the name of the vendor's field. */
export type FieldMap = ReadonlyMap<string, readonly string[]>

/**
 * Creates the problem for an invalid input.
 *
 * @param path Path of the input field, without `input`.
 * @param requirement Predicate that completes the message, without a period, such as `must be 1 to 24`.
 */
export const createInputProblem = (path: readonly string[], requirement: string): Problem =>
  new Problem('BAD_USER_INPUT', `"${['input', ...path].join('.')}" ${requirement}.`, {
    path: ['input', ...path],
    delivery: 'rejected',
  })

/**
 * Creates the problem for a reference that cannot be one of the vendor's objects.
 *
 * @param field Field of `ref`.
 * @param requirement Predicate that completes the message, without a period, such as `must be a number`.
 */
export const createReferenceProblem = (field: string, requirement: string): Problem =>
  new Problem('BAD_USER_INPUT', `"ref.${field}" ${requirement}.`, { path: ['ref', field] })

/**
 * Creates the problem for a reference to an object that does not exist or that is not accessible. Both have the same text.
 *
 * @param type Type of the object in lower case, such as `user`.
 * @param path Path of the reference, with `input` if it is part of an input.
 */
export const createNotFoundProblem = (type: string, path: readonly string[]): Problem =>
  new Problem('NOT_FOUND', `The ${type} was not found, or you do not have access to it.`, {
    path,
    delivery: 'rejected',
  })

/**
 * Creates the problem for an input that the vendor does not support.
 *
 * @param path Path of the input field, without `input`.
 * @param message Reason and fix.
 */
export const createUnsupportedInputProblem = (path: readonly string[], message: string): Problem =>
  new Problem('UNSUPPORTED_BY_VENDOR', message, { path: ['input', ...path], delivery: 'rejected' })

/**
 * Rejects the first input that is neither null nor undefined.
 *
 * @param vendor Display name of the vendor.
 * @param reason Clause after the colon of the message, without a period.
 * @param parentPath Path of the object with the inputs, without `input`.
 * @throws `UNSUPPORTED_BY_VENDOR`
 */
export function rejectUnsupportedInputs(
  vendor: string,
  inputs: Readonly<Record<string, unknown>>,
  reason: string,
  parentPath: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue
    const path = [...parentPath, name]
    throw createUnsupportedInputProblem(
      path,
      `"${['input', ...path].join('.')}" is not supported by ${vendor}: ${reason}. Omit it.`,
    )
  }
}

/** Rejects vendor options that an input field sets, even if that field is omitted. @throws `BAD_USER_INPUT` */
export function rejectReservedOptions(
  options: Readonly<Record<string, unknown>> | null | undefined,
  inputByOption: Iterable<readonly [option: string, input: readonly string[]]>,
  path: readonly string[] = ['vendorOptions'],
): void {
  for (const [name, input] of inputByOption) {
    if (Object.hasOwn(options ?? {}, name))
      throw createInputProblem([...path, name], `is set by "${['input', ...input].join('.')}". Use that input instead`)
  }
}

/**
 * Creates the problem for an ID or name that another object has.
 *
 * @param rejection The vendor's error, if it rejected the value.
 */
export function createInUseProblem(
  path: readonly string[],
  rejection = createInputProblem(path, 'is in use'),
): Problem {
  const message = `"${['input', ...path].join('.')}" is already in use. Choose another value, or omit it.`
  return withInputPath(rejection, path, { code: 'BAD_USER_INPUT', message })
}

/** Returns a copy of a problem with another input path (without `input`), and optionally another code and message. */
export const withInputPath = (
  problem: Problem,
  path: readonly string[],
  { code, message }: { code: Code; message: string } = problem,
): Problem => problem.with({ code, message, path: ['input', ...path], cause: problem })

/** Moves a problem to the vendor option that sets the rejected field, if `optionByInput` contains its input. */
export function toOptionProblem(error: unknown, optionByInput: ReadonlyMap<string, readonly string[]>): unknown {
  if (!(error instanceof Problem)) return error
  const option = optionByInput.get(error.path?.[1] ?? '')
  return option ? withInputPath(error, ['vendorOptions', ...option]) : error
}

/** Resolves to null if the object was not found. @throws The other errors of `read`. */
export async function nullIfNotFound<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Problem && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/**
 * Lists the problems of a new conference's invitations, for failed and unknown results.
 *
 * @param results Result of each invitation, in the order of the input.
 * @param listPath Path of the list of invitees, without `input`.
 */
export function listInvitationProblems(
  results: readonly unknown[],
  listPath: readonly string[] = ['invite'],
): Problem[] {
  return results.flatMap((result, index) => {
    if (!(result instanceof Problem)) return []
    const isKnown = result.delivery === 'not-sent' || result.delivery === 'rejected'
    return [withInputPath(isKnown ? result : createUnknownInvitationProblem(result), [...listPath, String(index)])]
  })
}

function createUnknownInvitationProblem({ delivery, account, vendorStatus }: Problem): Problem {
  return new Problem(
    'OUTCOME_UNKNOWN',
    'The result of this invitation is not known. Query the participants to check it.',
    {
      delivery,
      account,
      vendorStatus,
    },
  )
}

/** Calls `work` for one item after another. If it throws a `Problem`, that is its result. @throws Other errors of `work`. */
export async function mapInOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<(R | Problem)[]> {
  const results: (R | Problem)[] = []
  for (const item of items) {
    results.push(
      await work(item).catch((error: unknown) => {
        if (error instanceof Problem) return error
        throw error
      }),
    )
  }
  return results
}
