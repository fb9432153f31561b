import { formatCount } from '../../core/format-count.ts'
import { createInputProblem } from './problems.ts'

/** Limits of a vendor for the start and duration of a conference. */
interface TimeLimits {
  maxMinutes: number
  /** Starts must be earlier than this time, in milliseconds since the epoch. */
  end: number
  /** Text of `end`. Completes "must be between now and …". */
  endText: string
}

/** How far in the past a start can be, in milliseconds, because the request takes time. */
const toleranceMs = 60_000

/**
 * Validates the start and the duration of a new schedule.
 *
 * @param path Path of the schedule, without `input`.
 * @throws `BAD_USER_INPUT`
 */
export function validateTimes(
  path: readonly string[],
  { startsAt, durationMinutes }: { startsAt: Date; durationMinutes: number },
  { maxMinutes, end, endText }: TimeLimits,
): void {
  const time = startsAt.getTime()
  if (!(time >= Date.now() - toleranceMs && time < end))
    throw createInputProblem([...path, 'startsAt'], `must be between now and ${endText}`)
  if (!(Number.isInteger(durationMinutes) && durationMinutes >= 1 && durationMinutes <= maxMinutes))
    throw createInputProblem([...path, 'durationMinutes'], `must be 1 to ${formatCount(maxMinutes)}`)
}
