/** Matches strings, and integers of 16 or more digits, which a double might not represent exactly. */
const stringsAndLongIntegers = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+])\d{16,}(?![\d.eE])/gs

/**
 * Finds the first integer in a JSON document that a double would round. Searches the text, because a reviver of
 * `JSON.parse` blocks the event loop for half a second for a megabyte of small numbers.
 *
 * @returns Name of the integer, or an empty string if it is in a list. Null if there is no such integer.
 */
export function findInexactInteger(json: string): string | null {
  if (!/\d{16}/.test(json)) return null
  for (const { 0: token, index } of json.matchAll(stringsAndLongIntegers)) {
    if (token.startsWith('"') || (token.length === 16 && Number.isSafeInteger(Number(token)))) continue
    return /"([\w-]{1,60})"\s*:\s*-?$/.exec(json.slice(Math.max(0, index - 100), index))?.[1] ?? ''
  }
  return null
}
