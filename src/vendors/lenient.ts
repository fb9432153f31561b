import { z } from 'zod'

/** Returns a string, or a number's digits. Returns null for `""`, which vendors send for nothing, and for anything else. */
export function toText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' ? String(value) : null
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^ *-?\d{1,15} *$/.test(value) ? Number(value) : null
}

/*
 * The parts of vendors' objects. None of them rejects a value: an optional field that is not what it should be is null,
 * so that it does not take its object with it.
 */

export const text = z.transform(toText)

export const number = z.transform(toNumber)

/** A whole number that GraphQL's `Int` can hold. */
export const count = z.transform((value) => {
  const found = toNumber(value)
  return found === null || found < 0 || found > 2_147_483_647 ? null : Math.round(found)
})

/** A Boolean, or 0 and 1, also as a string. */
export const flag = z.transform((value) => {
  const found = typeof value === 'boolean' ? String(value) : toText(value)
  return found === '1' || found === 'true' ? true : found === '0' || found === 'false' ? false : null
})

/** A URL that a browser can open. */
export const webAddress = z.transform((value) => {
  const found = toText(value)
  return found !== null && /^https?:$/.test(URL.parse(found)?.protocol ?? '') ? found : null
})

/** An object within an object. */
export const part = <S extends z.ZodRawShape>(shape: S) => z.object(shape).nullish().catch(null)
