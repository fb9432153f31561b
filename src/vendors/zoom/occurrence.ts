import { toCount, toObject, toText } from '../kit/lenient.ts'
import { toShortList } from '../kit/short-list.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { Occurrence } from '../vendor-objects.ts'

interface Series {
  conferenceId: string
  /** Duration of an occurrence that reports none. */
  durationMinutes: number | null
  /** Time zone of a start without a UTC offset. */
  timeZone: string | null
}

/**
 * Reads the occurrences of a series, earliest first. Zoom keeps canceled occurrences, and reports the new time of moved ones.
 * Null if the value is no list. Omits occurrences without an ID or a start.
 */
export function readOccurrences(value: unknown, series: Series): Occurrence[] | null {
  return (
    toShortList(value, (item) => readOccurrence(item, series))?.sort(
      (one, other) => one.startsAt.getTime() - other.startsAt.getTime(),
    ) ?? null
  )
}

function readOccurrence(value: unknown, { conferenceId, durationMinutes, timeZone }: Series): Occurrence | null {
  const item = toObject<'occurrence_id' | 'start_time' | 'duration' | 'status'>(value)
  const vendorId = toText(item?.occurrence_id)
  const startsAt = parseTimestamp(toText(item?.start_time), timeZone ?? undefined)
  if (!item || vendorId === null || !startsAt) return null
  return {
    vendorId,
    conferenceId,
    startsAt,
    durationMinutes: toCount(item.duration) ?? durationMinutes,
    cancelled: toText(item.status) === 'deleted',
  }
}
