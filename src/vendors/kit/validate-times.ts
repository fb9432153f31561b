import { createInputProblem } from './problems.ts'

/** What a vendor accepts as the time of a conference. */
interface TimeLimits {
  maxMinutes: number
  /** The first start, in ms since the epoch, that is too late. */
  end: number
  /** Completes "must lie between now and …". */
  endText: string
}

/** How far in the past a start may lie, in ms, because the request took time. */
const toleranceMs = 60_000

/**
 * Checks the start and the duration of a new schedule.
 *
 * @param path The schedule in the input.
 * @throws BAD_USER_INPUT
 */
export function validateTimes(
  path: readonly string[],
  { startsAt, durationMinutes }: { startsAt: Date; durationMinutes: number },
  { maxMinutes, end, endText }: TimeLimits,
): void {
  const time = startsAt.getTime()
  if (!(time >= Date.now() - toleranceMs && time < end))
    throw createInputProblem([...path, 'startsAt'], `must lie between now and ${endText}`)
  if (!(Number.isInteger(durationMinutes) && durationMinutes >= 1 && durationMinutes <= maxMinutes))
    throw createInputProblem([...path, 'durationMinutes'], `must be 1 to ${maxMinutes}`)
}
