import { toText } from '../kit/lenient.ts'
import { isTimeZone } from './time.ts'

export function toTimeZone(value: unknown): string | null {
  const found = toText(value)
  return found !== null && isTimeZone(found) ? found : null
}

export function toEmail(value: unknown): string | null {
  const found = toText(value)
  return found !== null && found.includes('@') ? found : null
}

/** A field of an item that may be anything; null where there is none or it is empty. */
export function field(raw: unknown, name: string): string | null {
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, name)) return null
  return toText((raw as Record<string, unknown>)[name])
}
