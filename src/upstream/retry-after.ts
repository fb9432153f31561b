const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Longest wait: one day, so that one wrong header cannot block an account forever. */
const maxRetryAfterMs = 86_400_000

/**
 * Returns the time in a `Retry-After` header, in milliseconds since the epoch: not before `now`, and at most one day
 * later. Accepts seconds, HTTP dates, and ISO 8601 (Zoom). Null for any other value.
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

/** Parses IMF-fixdate, the only format that RFC 9110 allows senders to generate. */
function parseHttpDate(text: string): number | null {
  const match = /^[a-z]{3}, (\d\d) ([a-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/i.exec(text)
  if (!match) return null
  const month = months.indexOf(match[2]!.toLowerCase())
  if (month < 0) return null
  return toFinite(Date.UTC(+match[3]!, month, +match[1]!, +match[4]!, +match[5]!, +match[6]!))
}

const toFinite = (value: number): number | null => (Number.isFinite(value) ? value : null)
