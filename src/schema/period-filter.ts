import { Problem } from '../core/errors.ts'

/** Period of a filter, as the caller sends it. */
interface PeriodInput {
  startedFrom?: Date | null | undefined
  startedBefore?: Date | null | undefined
}

/** Period in which sessions began. */
interface Period {
  /** Inclusive. */
  startedFrom?: Date
  /** Exclusive. */
  startedBefore?: Date
}

/**
 * Validates the period of a filter.
 *
 * @param isRequired Whether the period must have a start, because the list covers whole accounts.
 * @throws BAD_USER_INPUT
 */
export function toPeriod(input: PeriodInput | null | undefined, isRequired: boolean): Period {
  const { startedFrom, startedBefore } = input ?? {}
  if (isRequired && startedFrom == null)
    throw createPeriodProblem(
      '"filter.startedFrom" is required for a list of all sessions or recordings of an account.',
    )
  if (startedFrom && startedBefore && startedFrom >= startedBefore)
    throw createPeriodProblem('"filter.startedFrom" must be earlier than "filter.startedBefore".')
  return { ...(startedFrom && { startedFrom }), ...(startedBefore && { startedBefore }) }
}

const createPeriodProblem = (message: string): Problem =>
  new Problem('BAD_USER_INPUT', message, { path: ['filter', 'startedFrom'] })

/** Whether a time is in a period. A time that is not known is only in a period without bounds. */
export function isInPeriod(startedAt: Date | null, { startedFrom, startedBefore }: Period): boolean {
  if (startedFrom === undefined && startedBefore === undefined) return true
  if (startedAt === null) return false
  return (
    (startedFrom === undefined || startedAt >= startedFrom) &&
    (startedBefore === undefined || startedAt < startedBefore)
  )
}
