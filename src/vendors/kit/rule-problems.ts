import type { Problem } from '../../core/errors.ts'
import { joinNames } from '../../core/join-names.ts'
import { createInputProblem, createUnsupportedInputProblem } from './problems.ts'

const rulePath = ['schedule', 'recurring', 'rrule']

/** Creates the problem for a string that is not a rule. @param reason Clause without a period. */
export const createRuleProblem = (reason: string): Problem =>
  createInputProblem(rulePath, `is not a supported RFC 5545 rule: ${reason}`)

/**
 * Creates the problem for a valid rule that a vendor cannot keep.
 *
 * @param parts Names of the unsupported parts, such as `WKST`.
 * @param vendor Display name. If omitted, no vendor supports these parts.
 * @param advice Sentences about what to use instead.
 */
export const createUnsupportedRuleProblem = (
  parts: readonly string[],
  vendor = 'The vendor',
  advice = 'Use a rule that repeats daily, weekly, or monthly.',
): Problem =>
  createUnsupportedInputProblem(
    rulePath,
    `${vendor} does not support ${joinNames(parts)} in a recurrence rule. ${advice}`,
  )
