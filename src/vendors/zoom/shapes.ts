import { z } from 'zod'
import { Problem } from '../../errors.ts'
import { instantOf, isTimeZone } from './time.ts'

/** A text, or a number for its digits; null for `""`, which Zoom writes for nothing, and for whatever else it is. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^ *-?\d{1,15} *$/.test(value) ? Number(value) : null
}

export const text = z.transform(textOf)

export const number = z.transform(numberOf)

/** A whole number that GraphQL's Int holds. */
export const count = z.transform((value) => {
  const found = numberOf(value)
  return found === null || found < 0 || found > 2_147_483_647 ? null : Math.round(found)
})

export const flag = z.transform((value) => {
  const found = textOf(value)
  return found === 'true' ? true : found === 'false' ? false : null
})

export const instant = z.transform((value) => instantOf(value))

/** A text that is what it should be, else null. */
const textThat = (isRight: (text: string) => boolean) =>
  z.transform((value) => {
    const found = textOf(value)
    return found !== null && isRight(found) ? found : null
  })

export const timeZone = textThat(isTimeZone)

export const email = textThat((found) => found.includes('@'))

/** An address that a browser can open. */
export const webAddress = textThat((found) => /^https?:$/.test(URL.parse(found)?.protocol ?? ''))

/** An item and its id. Throws VENDOR_BAD_RESPONSE naming the field. */
export function readItem<T>(shape: z.ZodType<T>, raw: unknown, id: string | null): { id: string; item: T } {
  const result = shape.safeParse(raw)
  if (id !== null && result.success) return { id, item: result.data }
  const field = result.error?.issues[0]?.path.map(String).join('.') || 'id'
  throw new Problem('VENDOR_BAD_RESPONSE', `The vendor's answer is not what it should be at "${field}".`, {
    evidence: 'unread',
  })
}

/** A field of an item that may be anything; null where there is none or it is empty. */
export function field(raw: unknown, name: string): string | null {
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, name)) return null
  return textOf((raw as Record<string, unknown>)[name])
}
