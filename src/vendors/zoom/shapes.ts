import { z } from 'zod'
import { Problem } from '../../errors.ts'
import { instantOf, isTimeZone } from './time.ts'

/** A text, or a number for its digits; Zoom writes `""` for nothing. */
export const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .catch(null)
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)))

export const number = z
  .union([z.number(), z.string().regex(/^ *-?\d{1,15} *$/)])
  .nullish()
  .catch(null)
  .transform((value) => (value === null || value === undefined ? null : Number(value)))

/** A whole number that GraphQL's Int holds. */
export const count = number.transform((value) =>
  value === null || value < 0 || value > 2_147_483_647 ? null : Math.round(value),
)

export const flag = text.transform((value) => (value === 'true' ? true : value === 'false' ? false : null))

export const instant = z
  .unknown()
  .transform((value) => instantOf(value))
  .optional()
  .transform((value) => value ?? null)

export const timeZone = text.transform((value) => (value !== null && isTimeZone(value) ? value : null))

export const email = text.transform((value) => (value?.includes('@') ? value : null))

/** An address that a browser can open; null for anything else. */
export const webAddress = text.transform((value) =>
  /^https?:$/.test(URL.parse(value ?? '')?.protocol ?? '') ? value : null,
)

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
  return text.parse((raw as Record<string, unknown>)[name])
}
