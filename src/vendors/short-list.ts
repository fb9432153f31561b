import { z } from 'zod'

/** Items that are read of a list within an object: vendors send far fewer, and each costs time. */
const maxItems = 1_000

/** A list with gaps comes as an object from servers written in PHP, with the positions as keys. */
function toList(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const items: unknown[] = Object.values(value)
  return items.length > 0 ? items : value
}

/** The items of a page. A page without a list cannot be read. */
export const itemList = z.preprocess(toList, z.array(z.unknown()))

/** A list within an object, cut to its first items. Items that cannot be read are left out; without a list it is null. */
export const shortList = <T>(item: z.ZodType<T>) =>
  itemList
    .transform((items) => items.slice(0, maxItems).flatMap((one) => item.safeParse(one).data ?? []))
    .nullish()
    .catch(null)
