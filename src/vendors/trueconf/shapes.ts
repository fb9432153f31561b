import { parseUtcSecond } from '../../core/rfc3339.ts'

/** Returns a point in time: seconds since the epoch, or whatever else can be understood; null where nothing can. */
export function toInstant(value: unknown): Date | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const count = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  const time = typeof count === 'number' ? millisecondsOf(count) : (parseUtcSecond(count) ?? parsed(count))
  return time >= firstTime && time <= lastTime ? new Date(time) : null
}

const lastSecond = 253_402_300_799
/** Years from 1 to 9999, in ms since the epoch. */
const [firstTime, lastTime] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]
const year2001 = 1e12

function millisecondsOf(count: number): number {
  if (count <= 0) return NaN
  if (count <= lastSecond) return Math.floor(count) * 1000
  return count >= year2001 ? count : NaN
}

/** ISO 8601; without a zone it is UTC. */
function parsed(date: string): number {
  const [, day, time = 'T00:00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)? ?(Z|[+-]\d\d:?\d\d)?$/i.exec(date) ?? []
  if (day === undefined) return NaN
  const colon = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  return Date.parse(`${day}${time.replace(' ', 'T').replace(/(\.\d{3})\d+$/, '$1')}${colon}`)
}

/** Null where the item has none. */
export function idOf(item: unknown): string | null {
  const { id } = (item ?? {}) as { id?: unknown }
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : null
}

/** A login without the server's own domain; users of other servers keep theirs. */
export function localId(id: string, domain: string | null): string {
  const own = `@${domain}`.toLowerCase()
  return domain !== null && id.toLowerCase().endsWith(own) ? id.slice(0, -own.length) : id
}
