/** A text, or an integer of so many digits that a double may not hold it; begun only where a number begins. */
const stringsAndLongIntegers = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+])\d{16,}(?![\d.eE])/gs

/**
 * The name of the first integer in a JSON document that a double would round (empty in a list); null where there is none.
 * Looks at the text, because a reviver holds the event loop for half a second over a megabyte of small numbers.
 */
export function findInexactInteger(json: string): string | null {
  if (!/\d{16}/.test(json)) return null
  for (const { 0: token, index } of json.matchAll(stringsAndLongIntegers)) {
    if (token.startsWith('"') || (token.length === 16 && Number.isSafeInteger(Number(token)))) continue
    return /"([\w-]{1,60})"\s*:\s*-?$/.exec(json.slice(Math.max(0, index - 100), index))?.[1] ?? ''
  }
  return null
}
