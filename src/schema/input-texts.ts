import { formatCount } from '../core/format-count.ts'
import { createFieldProblem } from './input.ts'

/**
 * Maximum lengths in characters (code points) of the strings of an input, by field. If a vendor accepts less,
 * the vendor's limit applies, too.
 */
const maxCharacters: Readonly<Record<string, number>> = {
  conferenceId: 2_048,
  description: 10_000,
  id: 2_048,
  participantId: 2_048,
  rrule: 500,
  tags: 100,
  userId: 2_048,
  // Limited as a whole, in bytes.
  vendorOptions: Infinity,
}
const defaultMaxCharacters = 1_000

/** Maximum size of `vendorOptions` as JSON in UTF-8. */
const maxOptionBytes = 16 * 1024

/**
 * Checks that every string of a mutation's input is well-formed Unicode and not longer than its field allows.
 *
 * @throws BAD_USER_INPUT with the path of the string.
 */
export function validateTexts(input: object): void {
  const options = 'vendorOptions' in input ? JSON.stringify(input.vendorOptions) : undefined
  // Checked first, because the path of an error contains the names of options, which can be long.
  if (Buffer.byteLength(options ?? '') > maxOptionBytes)
    throw createFieldProblem(
      ['input', 'vendorOptions'],
      `must have at most ${formatCount(maxOptionBytes)} bytes as JSON`,
    )
  validateValue(input, ['input'], defaultMaxCharacters)
}

function validateValue(value: unknown, path: readonly string[], max: number): void {
  if (typeof value === 'string') return validateText(value, path, max)
  if (typeof value !== 'object' || value === null) return
  const hasOwnLimits = !Array.isArray(value) && max !== Infinity
  for (const [name, member] of Object.entries(value)) {
    validateText(name, path, Infinity)
    validateValue(member, [...path, name], hasOwnLimits ? (maxCharacters[name] ?? defaultMaxCharacters) : max)
  }
}

/** Rejects half of a surrogate pair, which JSON can contain and no vendor accepts, and strings over the limit. */
function validateText(text: string, path: readonly string[], max: number): void {
  if (!text.isWellFormed())
    throw createFieldProblem(path, 'must be valid Unicode: it contains half of a surrogate pair')
  if (text.length > max && (text.length > 2 * max || [...text].length > max))
    throw createFieldProblem(path, `must have at most ${formatCount(max)} characters`)
}
