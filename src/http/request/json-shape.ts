import { Problem } from '../../core/errors.ts'
import { HttpError } from '../response/http-error.ts'

/** Objects, lists, and names in one JSON document: far more than any input has, and few enough to be parsed in a few milliseconds. */
const maxParts = 25_000

const code = (character: string): number => character.charCodeAt(0)
const [quote, backslash, colon] = [code('"'), code('\\'), code(':')]
const [openBrace, closeBrace, openBracket, closeBracket] = [code('{'), code('}'), code('['), code(']')]

/**
 * Rejects JSON that is nested too deep or has too many objects, lists, and names. Reads the text, because `JSON.parse` takes 150 ms
 * for a megabyte of distinct names. Text that is not JSON passes or not; the parser rejects it.
 */
export function limitJsonShape(json: string, maxDepth: number): void {
  let depth = 0
  let parts = 0
  for (let index = 0; index < json.length; index++) {
    const character = json.charCodeAt(index)
    if (character === quote) index = findStringEnd(json, index)
    else if (character === colon) parts++
    else if (character === openBrace || character === openBracket) {
      parts++
      if (++depth > maxDepth) throw createRefusal(`nested too deep: at most ${maxDepth - 1} levels are accepted.`)
    } else if (character === closeBrace || character === closeBracket) depth--
    if (parts > maxParts) throw createRefusal(`too large: at most ${maxParts} objects, lists, and names are accepted.`)
  }
}

/** Index of the quote that ends the string, or of the last character. */
function findStringEnd(json: string, start: number): number {
  for (let index = start + 1; index < json.length; index++) {
    const character = json.charCodeAt(index)
    if (character === quote) return index
    if (character === backslash) index++
  }
  return json.length
}

const createRefusal = (text: string): HttpError => new HttpError(new Problem('BAD_USER_INPUT', `The JSON is ${text}`))
