import { Problem } from '../../core/errors.ts'
import { validateDescription } from '../kit/input-texts.ts'
import { readField } from '../kit/lenient.ts'
import { omitUnset } from '../kit/omit-unset.ts'
import { createInputProblem, withInputPath } from '../kit/problems.ts'
import type { OccurrenceChanges } from '../vendor-inputs.ts'
import type { Occurrence } from '../vendor-objects.ts'
import { maxDescriptionLength } from './input.ts'
import { formatUtcSeconds } from './schedule.ts'

/** Converts changes to the body of `PATCH /meetings/{meetingId}?occurrence_id=`. @throws `BAD_USER_INPUT` */
export function toOccurrenceBody({ startsAt, durationMinutes, description }: OccurrenceChanges): object {
  // Zoom silently ignores a start in the past.
  if (startsAt && startsAt.getTime() <= Date.now()) throw createInputProblem(['startsAt'], 'must be in the future')
  return omitUnset({
    start_time: startsAt && formatUtcSeconds(startsAt),
    duration: durationMinutes,
    agenda: description === undefined ? undefined : validateDescription(description, maxDescriptionLength),
  })
}

/** Moves a problem of a field of a schedule to the input that sets the field. */
export function toOccurrenceProblem(error: unknown, { startsAt, durationMinutes }: OccurrenceChanges): unknown {
  if (!(error instanceof Problem) || error.path?.[1] !== 'schedule') return error
  const isOfDuration = durationMinutes !== undefined && (!startsAt || error.vendorMessage?.includes('duration'))
  return withInputPath(error, [isOfDuration ? 'durationMinutes' : 'startsAt'])
}

/** Finds an occurrence after a change. Zoom does not document whether a moved occurrence keeps its ID. */
export function findChangedIn(
  occurrences: Iterable<Occurrence>,
  occurrenceId: string,
  changes: OccurrenceChanges,
): Occurrence | null {
  const all = [...occurrences]
  return (
    all.find(({ vendorId }) => vendorId === occurrenceId) ??
    all.find(({ startsAt, cancelled }) => !cancelled && changes.startsAt && hasStart(startsAt, changes.startsAt)) ??
    null
  )
}

/** Lists the changes that the list of occurrences shows not to be made. It does not contain the description. */
export function listMissingChanges(occurrence: Occurrence, changes: OccurrenceChanges): (keyof OccurrenceChanges)[] {
  const { startsAt, durationMinutes } = changes
  return [
    ...(startsAt && !hasStart(occurrence.startsAt, startsAt) ? (['startsAt'] as const) : []),
    ...(durationMinutes !== undefined && occurrence.durationMinutes !== durationMinutes
      ? (['durationMinutes'] as const)
      : []),
  ]
}

/** Whether an occurrence from `GET /meetings/{meetingId}?occurrence_id=` has this description. */
export const hasDescription = (raw: unknown, description: string): boolean =>
  (readField(raw, 'agenda') ?? '').trim() === description.trim()

/** Zoom keeps no fractions of a second. */
const hasStart = (actual: Date, expected: Date): boolean => formatUtcSeconds(actual) === formatUtcSeconds(expected)
