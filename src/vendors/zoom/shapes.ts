import { z } from 'zod'
import { Problem } from '../../errors.ts'
import { toText } from '../lenient.ts'
import { instantOf, isTimeZone } from './time.ts'

export const instant = z.transform((value) => instantOf(value))

/** A text that is what it should be, else null. */
const textThat = (isRight: (text: string) => boolean) =>
  z.transform((value) => {
    const found = toText(value)
    return found !== null && isRight(found) ? found : null
  })

export const timeZone = textThat(isTimeZone)

export const email = textThat((found) => found.includes('@'))

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
  return toText((raw as Record<string, unknown>)[name])
}
