import { badInput } from '../problems.ts'

const longestTitle = 255

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
