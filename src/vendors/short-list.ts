import { z, type ZodType } from 'zod'

/** Items that are read of a list within an object: vendors send far fewer, and each costs time. */
const maxItems = 1_000

/** A list within an object, cut to its first items. Lists of objects are paged instead. */
export const shortList = <T>(item: ZodType<T>): ZodType<T[]> =>
  z
    .array(z.unknown())
    .transform((items) => items.slice(0, maxItems))
    .pipe(z.array(item))
