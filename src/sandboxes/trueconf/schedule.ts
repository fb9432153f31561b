import { z } from 'zod'
import { int, text } from './input.ts'
import type { Schedule } from './model.ts'

const day = 86_400
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

const offset = int.pipe(z.number().min(-1440).max(1440)).optional()
const offsets = { time_offset: offset, special_time_offset: offset }
const positive = int.pipe(z.number().positive())

/** A schedule as callers send it: a room, once, or every week. */
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

/** A schedule as the server shows it at `now`, in seconds: of a weekly one, `start_time` is the next start. */
export function showSchedule(stored: Schedule, now: number) {
  if (stored.type === -1) return { type: -1 }
  const { time_offset = 0, special_time_offset } = stored
  const zone = { time_offset, ...(special_time_offset !== undefined && { special_time_offset }) }
  const { duration } = stored
  if (stored.type === 1) return { type: 1, start_time: stored.start_time, ...zone, duration }
  const from = Math.max(now, stored.start_time ?? 0)
  const start_time = nextStart(stored.time, stored.days, time_offset * 60, from)
  return { type: 0, start_time, ...zone, duration, time: stored.time, days: stored.days }
}

/** The first of the weekdays' `time` from `from` on; `time` is a clock's whose zone is `zone` seconds east of UTC. */
function nextStart(time: string, days: string[], zone: number, from: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const midnight = Math.floor((from + zone) / day) * day
  for (let ahead = 0; ; ahead++) {
    const date = midnight + ahead * day
    const start = date + hours * 3600 + minutes * 60 - zone
    const weekday = weekdays[new Date(date * 1000).getUTCDay()]!
    if (start >= from && days.includes(weekday)) return start
  }
}
