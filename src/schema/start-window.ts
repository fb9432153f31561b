import type { Conference } from '../vendors/vendor-objects.ts'

/** Period of a filter. Without an end, only future occurrences of a series count. */
export interface StartWindow {
  startsFrom?: Date | undefined
  /** Exclusive. */
  startsBefore?: Date | undefined
}

const earliest = new Date(0)

/**
 * Returns the start of a conference if it is in the window, or the first start in it of a series, except canceled occurrences. Null
 * if there is none.
 */
export function findStart(conference: Conference, { startsFrom, startsBefore }: StartWindow): Date | null {
  const { schedule } = conference
  if (schedule?.kind === 'once') return nullIfOutside(schedule.startsAt, startsFrom, startsBefore)
  const now = new Date()
  const from = startsFrom ?? earliest
  const period = { startsFrom: startsBefore || from > now ? from : now, startsBefore }
  const occurrences = conference.findOccurrences?.(period)
  // A vendor can report only the next occurrence.
  if (!occurrences)
    return schedule?.kind === 'recurring' ? nullIfOutside(schedule.nextStartsAt, startsFrom, startsBefore) : null
  for (const { startsAt, cancelled } of occurrences) if (!cancelled) return startsAt
  return null
}

function nullIfOutside(start: Date | null, from: Date | undefined, before: Date | undefined): Date | null {
  if (start === null || (from && start < from) || (before && start >= before)) return null
  return start
}
