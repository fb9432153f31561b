const quotedString = /"(?:[^"\\]|\\.)*("?)/g
const maxAge = /^max-age=(?:(\d+)|"(\d+)")$/i
const noCache = /^no-(?:cache|store)(?:=|$)/i

/** Largest number of seconds that RFC 9111 requires recipients to represent. */
const maxSeconds = 2 ** 31

/**
 * Returns the maximum age of the responses that an operation can use, in milliseconds, from the header `Cache-Control` of
 * its request. 0 for `no-cache` and `no-store`. `Infinity` if the header does not limit the age. If directives differ, the
 * strictest one applies. Unknown directives and malformed values are ignored.
 *
 * @param header Value of the header. Node joins repeated headers with commas.
 */
export function parseMaxAge(header: string | undefined): number {
  if (header === undefined) return Infinity
  let seconds = Infinity
  for (const text of splitDirectives(header)) {
    const [, token, quoted] = maxAge.exec(text) ?? []
    const given = noCache.test(text) ? 0 : (token ?? quoted)
    if (given !== undefined) seconds = Math.min(seconds, Number(given), maxSeconds)
  }
  return seconds * 1_000
}

/** Splits a header at its commas, except for those in quoted strings. A quote that is not closed begins no string. */
function splitDirectives(header: string): string[] {
  const withoutQuotedCommas = header.replace(quotedString, (text, end) => (end ? text.replaceAll(',', ' ') : text))
  return withoutQuotedCommas.split(',').map((text) => text.trim())
}
