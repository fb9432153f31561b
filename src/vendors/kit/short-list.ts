import { z } from 'zod'
import { createUnexpectedValueProblem, toObject } from './lenient.ts'

/** Returns a list. With gaps, it comes as an object from servers written in PHP, with the positions as keys. */
export function toList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  const items = Object.values(toObject(value) ?? {})
  return items.length > 0 ? items : null
}

/**
 * Returns the items of a page, which stand in `field` of a response.
 *
 * @throws VENDOR_BAD_RESPONSE if there is no list.
 */
export function requireItems(body: unknown, field: string): readonly unknown[] {
  const items = toList(toObject(body)?.[field])
  if (items === null) throw createUnexpectedValueProblem(field)
  return items
}

/** Items that are read of a list within an object: vendors send far fewer, and each costs time. */
const maxItems = 1_000

/** Returns what `read` makes of the first items of a list within an object, without what is null then. */
export function toShortList<T>(value: unknown, read: (item: unknown) => T | null): T[] | null {
  const items = toList(value)?.slice(0, maxItems)
  return items ? items.map(read).filter((item) => item !== null) : null
}

/** The same as a part of a schema: items that cannot be read are left out. */
export const shortList = <T>(item: z.ZodType<T>) =>
  z.transform((value) => toShortList(value, (one) => item.safeParse(one).data ?? null))
