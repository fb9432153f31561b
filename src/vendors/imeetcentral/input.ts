import { Problem } from '../../errors.ts'

const longestTitle = 255

/** Throws UNSUPPORTED_BY_VENDOR for the first input under `place` that is given; `why` ends in what there is instead. */
export function refuse(
  inputs: Readonly<Record<string, unknown>>,
  why: string,
  place: readonly string[] = ['input'],
): void {
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null || value === undefined) continue
    throw new Problem('UNSUPPORTED_BY_VENDOR', `iMeet Central has no place for ${name} here. ${why}; leave it out.`, {
      path: [...place, name],
      evidence: 'refused',
    })
  }
}

/** The title as it is. Throws BAD_USER_INPUT. */
export function checkedTitle(title: string): string {
  if (title.trim() !== '' && title.length <= longestTitle && !/\p{Cc}/u.test(title)) return title
  throw badInput(['title'], `must have 1 to ${longestTitle} characters, not all spaces, no control characters`)
}

/** The description as it is; line ends and tabs are welcome. Throws BAD_USER_INPUT. */
export function checkedDescription(description: string): string {
  if (!/[^\P{Cc}\r\n\t]/u.test(description)) return description
  throw badInput(['description'], 'must not hold control characters')
}

/** `options` and over them `set`. Throws BAD_USER_INPUT where an option names one of the fields that are `ours`. */
export function withOptions(
  options: Readonly<Record<string, unknown>> | null | undefined,
  set: Readonly<Record<string, unknown>>,
  ours: readonly string[],
): Record<string, unknown> {
  const taken = ours.find((name) => Object.hasOwn(options ?? {}, name))
  if (taken !== undefined) throw badInput(['vendorOptions', taken], 'is set from the other input fields; leave it out')
  return { ...options, ...set }
}

function badInput(path: readonly string[], message: string): Problem {
  return new Problem('BAD_USER_INPUT', `${path.join('.')} ${message}.`, {
    path: ['input', ...path],
    evidence: 'refused',
  })
}
