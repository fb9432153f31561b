import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import { isTimeZone } from '../../core/time-zone.ts'

/*
 * Functions that read values of vendors. They never throw: an optional field with an unexpected value is null, so that its
 * object stays readable.
 */

/** A vendor's JSON object, whose values are not validated. `Names` are the fields that are read. */
export type UnreadFields<Names extends string = string> = { readonly [Name in Names]?: unknown }

/** Reads a string, or a number as a string. Null for `""`, which vendors use for an unset value, and for other types. */
export function toText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' ? String(value) : null
}

/** Reads a number, or an integer in a string. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^ *-?\d{1,15} *$/.test(value) ? Number(value) : null
}

/** Reads a number from 0 to the maximum of GraphQL's `Int`, rounded to an integer. */
export function toCount(value: unknown): number | null {
  const text = toNumber(value)
  return text === null || text < 0 || text > 2_147_483_647 ? null : Math.round(text)
}

/** Reads a Boolean, 0 or 1, or one of these in a string. */
export function toFlag(value: unknown): boolean | null {
  const text = typeof value === 'boolean' ? String(value) : toText(value)
  return text === '1' || text === 'true' ? true : text === '0' || text === 'false' ? false : null
}

/** Reads an HTTP or HTTPS URL. */
export function toWebUrl(value: unknown): string | null {
  const text = toText(value)
  return text !== null && /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? text : null
}

/** Reads a string that contains `@`. */
export function toEmail(value: unknown): string | null {
  const text = toText(value)
  return text !== null && text.includes('@') ? text : null
}

/** Reads the IANA name of a time zone that the runtime supports. */
export function toTimeZone(value: unknown): string | null {
  const text = toText(value)
  return text !== null && isTimeZone(text) ? text : null
}

/** Reads an object that is not an array. */
export function toObject<Names extends string = string>(value: unknown): UnreadFields<Names> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

/** Reads a field of a raw item as a string. Null if it is missing or empty. */
export function readField(item: unknown, name: string): string | null {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, name)) return null
  return toText((item as Record<string, unknown>)[name])
}

/** Returns the `id` of a raw item. Null if it has none. */
export function getItemId(item: unknown): string | null {
  const { id } = (item ?? {}) as { id?: unknown }
  return toText(id)
}

/** Creates the problem for a response with a missing or unexpected required field. */
export const createUnexpectedValueProblem = (field: string): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', `The vendor's response has an unexpected value at "${field}".`, {
    delivery: 'unread',
  })

/** Returns the ID. @throws `VENDOR_BAD_RESPONSE` if it is null. */
export function requireId(id: string | null): string {
  if (id === null) throw createUnexpectedValueProblem('id')
  return id
}

/* The same functions as zod schemas, for errors and for the responses of writes. */

export const text = z.transform(toText)
/** Schema for the start of a vendor's message. Messages can be long. */
export const cutText = (maxLength: number) => z.transform((value) => toText(value)?.slice(0, maxLength) ?? null)
export const number = z.transform(toNumber)
export const webUrl = z.transform(toWebUrl)
