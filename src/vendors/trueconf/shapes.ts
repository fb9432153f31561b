import { z } from 'zod'
import { Problem } from '../../errors.ts'
import { toText } from '../lenient.ts'

/** A point in time: seconds since the epoch, or whatever else can be understood; null where nothing can. */
export const instant = z.transform((value) => (toText(value) === null ? null : instantOf(value as string | number)))

const lastSecond = 253_402_300_799
const year2001 = 1e12

function instantOf(value: number | string): Date | null {
  const count = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  const time = typeof count === 'number' ? millisecondsOf(count) : parsed(count)
  const date = new Date(time)
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : null
}

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

/** An item and its id. Throws VENDOR_BAD_RESPONSE naming the field. */
export function readItem<T>(shape: z.ZodType<T>, item: unknown): { id: string; item: T } {
  const id = idOf(item)
  const result = shape.safeParse(item)
  if (id !== null && result.success) return { id, item: result.data }
  const field = result.error?.issues[0]?.path.map(String).join('.') || 'id'
  throw new Problem('VENDOR_BAD_RESPONSE', `The vendor's answer is not what it should be at "${field}".`, {
    evidence: 'unread',
  })
}

/** A login without the server's own domain; users of other servers keep theirs. */
export function localId(id: string, domain: string | null): string {
  const own = `@${domain}`.toLowerCase()
  return domain !== null && id.toLowerCase().endsWith(own) ? id.slice(0, -own.length) : id
}
