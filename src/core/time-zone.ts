import { cacheByText } from './cache-by-text.ts'

/** About 600 names exist. Callers choose which names are looked up. */
const maxCachedNames = 2_000

/** Whether the runtime supports this IANA time zone. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name) && isSupported(name)
}

const isSupported = cacheByText(
  (name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    } catch {
      return false
    }
  },
  { maxEntries: maxCachedNames },
)
