import { createInputProblem } from './problems.ts'

/** Counts characters as people do, so that an emoji is one. */
const countCharacters = (text: string): number => [...text].length

/**
 * Returns the title of a conference unchanged.
 *
 * @param maxLength The vendor's limit.
 * @param countLength Counts what the limit limits. Default: characters.
 * @throws BAD_USER_INPUT if the title is empty, too long, or has control characters.
 */
export function validateTitle(title: string, maxLength: number, countLength = countCharacters): string {
  if (title.trim() !== '' && countLength(title) <= maxLength && !/\p{Cc}/u.test(title)) return title
  throw createInputProblem(['title'], `must have 1 to ${maxLength} characters, not all spaces, no control characters`)
}

/**
 * Returns the description of a conference unchanged. Line ends and tabs are allowed.
 *
 * @param maxLength The vendor's limit in characters. Default: none.
 * @throws BAD_USER_INPUT if the description is too long or has control characters.
 */
export function validateDescription(description: string, maxLength = Infinity): string {
  const isShort = maxLength === Infinity || countCharacters(description) <= maxLength
  if (isShort && !/[^\P{Cc}\r\n\t]/u.test(description)) return description
  const must =
    maxLength === Infinity
      ? 'must not hold control characters'
      : `must have at most ${maxLength} characters, no control characters`
  throw createInputProblem(['description'], must)
}
