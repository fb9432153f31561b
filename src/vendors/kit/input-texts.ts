import { formatCount } from '../../core/format-count.ts'
import { createInputProblem } from './problems.ts'

/** Counts Unicode code points, so that most emoji count as 1. */
const countCharacters = (text: string): number => [...text].length

/**
 * Validates the title of a conference, and returns it unchanged.
 *
 * @param maxLength The vendor's limit.
 * @param countLength Counts the length in the vendor's unit. Default: Unicode code points.
 * @throws `BAD_USER_INPUT` if the title is blank, too long, or has control characters.
 */
export function validateTitle(title: string, maxLength: number, countLength = countCharacters): string {
  if (title.trim() !== '' && countLength(title) <= maxLength && !/\p{Cc}/u.test(title)) return title
  throw createInputProblem(
    ['title'],
    `must have 1 to ${formatCount(maxLength)} characters, at least one of them visible, and no control characters`,
  )
}

/**
 * Validates the description of a conference, and returns it unchanged. Line breaks and tabs are allowed.
 *
 * @param maxLength The vendor's limit, in Unicode code points. Default: no limit.
 * @throws `BAD_USER_INPUT` if the description is too long or has control characters.
 */
export function validateDescription(description: string, maxLength = Infinity): string {
  const isShort = maxLength === Infinity || countCharacters(description) <= maxLength
  if (isShort && !/[^\P{Cc}\r\n\t]/u.test(description)) return description
  const requirement =
    maxLength === Infinity
      ? 'must not contain control characters'
      : `must have at most ${formatCount(maxLength)} characters and no control characters`
  throw createInputProblem(['description'], requirement)
}
