import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import { isTimeZone } from '../../core/time-zone.ts'

/*
 * Readers of vendors' values. None of them rejects one: an optional field that is not what it should be is null, so that it
 * does not take its object with it.
 */

/** A vendor's object, of whose values nothing is known. `Names`: the fields that are read. */
export type UnreadFields<Names extends string = string> = { readonly [Name in Names]?: unknown }

/** Returns a string, or a number's digits. Returns null for `""`, which vendors send for nothing, and for anything else. */
export function toText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' ? String(value) : null
}

export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && /^ *-?\d{1,15} *$/.test(value) ? Number(value) : null
}

/** Returns a whole number that GraphQL's `Int` can hold. */
export function toCount(value: unknown): number | null {
  const found = toNumber(value)
  return found === null || found < 0 || found > 2_147_483_647 ? null : Math.round(found)
}

/** Returns a Boolean, also for 0 and 1, and for strings of them. */
export function toFlag(value: unknown): boolean | null {
  const found = typeof value === 'boolean' ? String(value) : toText(value)
  return found === '1' || found === 'true' ? true : found === '0' || found === 'false' ? false : null
}

/** Returns a URL that a browser can open. */
export function toWebUrl(value: unknown): string | null {
  const found = toText(value)
  return found !== null && /^https?:$/.test(URL.parse(found)?.protocol ?? '') ? found : null
}

/** Returns a string that can be an email address. */
export function toEmail(value: unknown): string | null {
  const found = toText(value)
  return found !== null && found.includes('@') ? found : null
}

/** Returns the IANA name of a time zone that this runtime knows. */
export function toTimeZone(value: unknown): string | null {
  const found = toText(value)
  return found !== null && isTimeZone(found) ? found : null
}

/** Returns an object within an object. */
export function toObject<Names extends string = string>(value: unknown): UnreadFields<Names> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

/** Returns the text of a field of an item, which can be anything. Null if there is none or it is empty. */
export function readField(item: unknown, name: string): string | null {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, name)) return null
  return toText((item as Record<string, unknown>)[name])
}

/** Returns the `id` of an item. Null if there is none. */
export function getItemId(item: unknown): string | null {
  const { id } = (item ?? {}) as { id?: unknown }
  return toText(id)
}

/** Returns the error for a response without a field that is required. */
export const createUnexpectedValueProblem = (field: string): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', `The vendor's answer is not what it should be at "${field}".`, {
    delivery: 'unread',
  })

/** @throws VENDOR_BAD_RESPONSE for an item that has no ID. */
export function requireId(id: string | null): string {
  if (id === null) throw createUnexpectedValueProblem('id')
  return id
}

/* The same as parts of schemas, for errors and for the results of writes. */

export const text = z.transform(toText)
/** Vendors' messages: only the first characters, since they can be long and are shown, logged, and searched. */
export const cutText = (maxLength: number) => z.transform((value) => toText(value)?.slice(0, maxLength) ?? null)
export const number = z.transform(toNumber)
export const webUrl = z.transform(toWebUrl)
