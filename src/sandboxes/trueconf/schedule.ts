import { z } from 'zod'
import { int, text } from './input.ts'
import type { Schedule } from './model.ts'

const day = 86_400
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

const offset = int.pipe(z.number().min(-1440).max(1440)).optional()
const offsets = { time_offset: offset, special_time_offset: offset }
const positive = int.pipe(z.number().positive())

/** Schema of a schedule in a request: a virtual room, once, or every week. */
export const schedule = z.union([
  z.object({ type: int.pipe(z.literal(-1)) }),
  z.object({ type: int.pipe(z.literal(1)), start_time: positive, duration: positive, ...offsets }),
  z.object({
    type: int.pipe(z.literal(0)),
    start_time: int.optional(),
    duration: positive,
    time: text.pipe(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
    days: z.array(z.enum(weekdays)).min(1),
    ...offsets,
  }),
])

/**
 * Formats a schedule. `start_time` of a weekly schedule is its next start.
 *
 * @param now In seconds since the epoch.
 */
export function formatSchedule(stored: Schedule, now: number) {
  if (stored.type === -1) return { type: -1 }
  const { time_offset = 0, special_time_offset } = stored
  const zone = { time_offset, ...(special_time_offset !== undefined && { special_time_offset }) }
  const { duration } = stored
  if (stored.type === 1) return { type: 1, start_time: stored.start_time, ...zone, duration }
  const from = Math.max(now, stored.start_time ?? 0)
  const start_time = computeNextStart(stored.time, stored.days, time_offset * 60, from)
  return { type: 0, start_time, ...zone, duration, time: stored.time, days: stored.days }
}

/** Returns the first start on one of the weekdays at or after `from`. `zone` is the time zone of `time`, in seconds east of UTC. */
function computeNextStart(time: string, days: string[], zone: number, from: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const midnight = Math.floor((from + zone) / day) * day
  for (let ahead = 0; ; ahead++) {
    const date = midnight + ahead * day
    const start = date + hours * 3600 + minutes * 60 - zone
    const weekday = weekdays[new Date(date * 1000).getUTCDay()]!
    if (start >= from && days.includes(weekday)) return start
  }
}
