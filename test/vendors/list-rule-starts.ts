import ICAL from 'ical.js'
import { fromWallClock } from '../../src/sandboxes/zoom/time.ts'

const formatDigits = (wall: number): string => new Date(wall).toISOString().replace(/[-:]|\.\d+Z/g, '')

/**
 * Lists the first starts of a rule as ical.js computes them, in milliseconds since the epoch.
 *
 * ical.js does not know the time zone, and compares UNTIL with local times. Therefore, UNTIL is applied here.
 *
 * @param wall Local time of the first start, in milliseconds since the epoch at which UTC has its fields.
 */
export function listRuleStarts(rule: string, wall: number, timeZone: string, maxStarts: number): number[] {
  const text = rule.replace(/\r\n /g, '').replace(/\s+/g, '').toUpperCase()
  const [, until = ''] = /UNTIL=([^;]*)/.exec(text) ?? []
  const recur = ICAL.Recur.fromString(text.replace(/^RRULE:/, '').replace(/UNTIL=[^;]*;?/, ''))
  const iterator = recur.iterator(ICAL.Time.fromDateTimeString(new Date(wall).toISOString().slice(0, 19)))
  const starts: number[] = []
  while (starts.length < maxStarts) {
    const next = iterator.next()?.toString()
    const time = next === undefined ? Number.NaN : Date.parse(`${next}Z`)
    if (Number.isNaN(time)) break
    const start = fromWallClock(time, timeZone)
    const compared = until.endsWith('Z') ? start : time
    if (until !== '' && formatDigits(compared).slice(0, until.replace('Z', '').length) > until.replace('Z', '')) break
    starts.push(start)
  }
  return starts
}
