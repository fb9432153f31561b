import { z } from 'zod'
import { createUnexpectedValueProblem, toObject } from './lenient.ts'

/** Reads a list, or an object whose values are its items: servers written in PHP send a list with gaps in this form. */
export function toList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  const items = Object.values(toObject(value) ?? {})
  return items.length > 0 ? items : null
}

/**
 * Returns the items in a field of a response.
 *
 * @throws `VENDOR_BAD_RESPONSE` if the field is not a list.
 */
export function requireItems(body: unknown, field: string): readonly unknown[] {
  const items = toList(toObject(body)?.[field])
  if (items === null) throw createUnexpectedValueProblem(field)
  return items
}

/** Maximum number of items that are read from a list within an object. Vendors send far fewer. */
const maxItems = 1_000

/** Reads the first items of a list within an object. Omits items for which `read` returns null. */
export function toShortList<T>(value: unknown, read: (item: unknown) => T | null): T[] | null {
  const items = toList(value)?.slice(0, maxItems)
  return items ? items.map(read).filter((item) => item !== null) : null
}

/** Zod schema of a list within an object. Omits items that cannot be parsed. */
export const shortList = <T>(item: z.ZodType<T>) =>
  z.transform((value) => toShortList(value, (raw) => item.safeParse(raw).data ?? null))
