const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Longer waits are cut to a day, so that one broken header cannot lock an account out for ever. */
const maxRetryAfterMs = 86_400_000

/**
 * When a `Retry-After` header lets us call again, in ms since the epoch, never before `now` and at most a day on.
 * Reads seconds, HTTP dates and ISO 8601 (Zoom); null for what is none of them.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim()
  if (!text || text.length > 40) return null
  if (/^\d+(\.\d+)?(e\d+)?$/i.test(text)) return now + Math.min(Number(text) * 1000, maxRetryAfterMs)
  const date = parseIsoDate(text) ?? parseHttpDate(text)
  if (date === null) return null
  return Math.min(Math.max(date, now), now + maxRetryAfterMs)
}

function parseIsoDate(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i.test(text)) return null
  return toFinite(Date.parse(text))
}

/** IMF-fixdate, the only form that senders may make. */
function parseHttpDate(text: string): number | null {
  const match = /^[a-z]{3}, (\d\d) ([a-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/i.exec(text)
  if (!match) return null
  const month = months.indexOf(match[2]!.toLowerCase())
  if (month < 0) return null
  return toFinite(Date.UTC(+match[3]!, month, +match[1]!, +match[4]!, +match[5]!, +match[6]!))
}

const toFinite = (value: number): number | null => (Number.isFinite(value) ? value : null)
