import { Problem, type Code } from '../../core/errors.ts'

/** Paths of input fields, without `input`, by the vendor's field that they set. */
export type FieldMap = ReadonlyMap<string, readonly string[]>

/** A value that cannot be; `must` says what can. `path`: the field, without `input`. */
export const createInputProblem = (path: readonly string[], must: string): Problem =>
  new Problem('BAD_USER_INPUT', `${path.join('.')} ${must}.`, { path: ['input', ...path], delivery: 'rejected' })

/** What the vendor has no place for; `message` says what to do instead. */
export const createUnsupportedInputProblem = (path: readonly string[], message: string): Problem =>
  new Problem('UNSUPPORTED_BY_VENDOR', message, { path: ['input', ...path], delivery: 'rejected' })

/** Throws UNSUPPORTED_BY_VENDOR for the first input under `place` that is given; `instead` ends in what there is. */
export function rejectUnsupportedInputs(
  vendor: string,
  inputs: Readonly<Record<string, unknown>>,
  instead: string,
  place: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue
    throw createUnsupportedInputProblem(
      [...place, name],
      `${vendor} has no place for ${name} here. ${instead}; leave it out.`,
    )
  }
}

/** @throws BAD_USER_INPUT for the first of `options` that an input field sets, whether or not that field is given. */
export function rejectReservedOptions(
  options: Readonly<Record<string, unknown>> | null | undefined,
  inputByOption: Iterable<readonly [option: string, input: readonly string[]]>,
  path: readonly string[] = ['vendorOptions'],
): void {
  for (const [name, input] of inputByOption) {
    if (Object.hasOwn(options ?? {}, name))
      throw createInputProblem([...path, name], `is set by "${input.join('.')}". Use that instead`)
  }
}

/** A value that the caller chose and that only one object of the vendor can have. `refusal`: the vendor's own. */
export function createInUseProblem(path: readonly string[], refusal = createInputProblem(path, 'is in use')): Problem {
  const message = `${path.join('.')} is already in use. Choose another value, or leave it out.`
  return withInputPath(refusal, path, { code: 'BAD_USER_INPUT', message })
}

/** The same problem at another place of the input, or in other words; `path` without `input`. */
export const withInputPath = (
  problem: Problem,
  path: readonly string[],
  { code, message }: { code: Code; message: string } = problem,
): Problem => problem.with({ code, message, path: ['input', ...path], cause: problem })

/** The same error at an option, if the field at fault has an input that is a key of `optionByInput`. */
export function toOptionProblem(error: unknown, optionByInput: ReadonlyMap<string, readonly string[]>): unknown {
  if (!(error instanceof Problem)) return error
  const option = optionByInput.get(error.path?.[1] ?? '')
  return option ? withInputPath(error, ['vendorOptions', ...option]) : error
}

/** What `reading` gives, or null where the vendor has no such object. */
export async function nullIfNotFound<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Problem && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/**
 * Of those that a new conference was to invite, in order: a problem for each that was not, or for whom the answer was lost.
 * `place`: the list in the input that names them.
 */
export function listInvitationProblems(results: readonly unknown[], place: readonly string[] = ['invite']): Problem[] {
  return results.flatMap((result, index) => {
    if (!(result instanceof Problem)) return []
    const isKnown = result.delivery === 'not-sent' || result.delivery === 'rejected'
    return [withInputPath(isKnown ? result : createUnknownInvitationProblem(result), [...place, String(index)])]
  })
}

function createUnknownInvitationProblem({ delivery, account, vendorStatus }: Problem): Problem {
  return new Problem('OUTCOME_UNKNOWN', 'Whether this user was invited was not answered; look at the participants.', {
    delivery,
    account,
    vendorStatus,
  })
}

/** Does `work` for one after another; a Problem takes the place of what it would have given. */
export async function mapInOrder<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<(R | Problem)[]> {
  const results: (R | Problem)[] = []
  for (const thing of things) {
    results.push(
      await work(thing).catch((error: unknown) => {
        if (error instanceof Problem) return error
        throw error
      }),
    )
  }
  return results
}
