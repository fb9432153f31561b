import { Problem } from '../errors.ts'
import { Refusal } from './status.ts'

/** Objects, lists, and names in one JSON document: far more than any input has, and few enough to be parsed in a few milliseconds. */
const maxParts = 25_000

const [quote, backslash, colon] = ['"', '\\', ':'].map((character) => character.charCodeAt(0))
const opening: ReadonlySet<number> = new Set(['{'.charCodeAt(0), '['.charCodeAt(0)])
const closing: ReadonlySet<number> = new Set(['}'.charCodeAt(0), ']'.charCodeAt(0)])

/**
 * Rejects JSON that is nested too deep or has too many objects, lists, and names. Reads the text, because `JSON.parse` takes 150 ms
 * for a megabyte of distinct names. Text that is not JSON passes or not; the parser rejects it.
 */
export function limitJsonShape(json: string, maxDepth: number): void {
  let depth = 0
  let parts = 0
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index)
    if (code === quote) index = findStringEnd(json, index)
    else if (code === colon) parts++
    else if (opening.has(code)) {
      parts++
      if (++depth > maxDepth) throw createRefusal(`nested too deep: at most ${maxDepth - 1} levels are accepted.`)
    } else if (closing.has(code)) depth--
    if (parts > maxParts) throw createRefusal(`too large: at most ${maxParts} objects, lists, and names are accepted.`)
  }
}

/** Index of the quote that ends the string, or of the last character. */
function findStringEnd(json: string, start: number): number {
  for (let index = start + 1; index < json.length; index++) {
    const code = json.charCodeAt(index)
    if (code === quote) return index
    if (code === backslash) index++
  }
  return json.length
}

const createRefusal = (text: string): Refusal => new Refusal(new Problem('BAD_USER_INPUT', `The JSON is ${text}`))
