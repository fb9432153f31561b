import { badInput, rejectReserved } from '../problems.ts'

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

/** Fields that other inputs set or that Parley needs to find a workspace, and so cannot be options. */
const reservedOptions = ['workspaceName', 'description', 'urlShortName']

/** Returns `options` with the fields in `set`. @throws BAD_USER_INPUT for an option that is reserved. */
export function withOptions(
  options: Readonly<Record<string, unknown>> | null | undefined,
  set: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  rejectReserved(options, reservedOptions)
  return { ...options, ...set }
}
