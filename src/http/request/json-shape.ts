import { Problem } from '../../core/errors.ts'
import { HttpError } from '../response/http-error.ts'

/**
 * Maximum number of objects, lists, and names in a JSON document. More than any input needs, and few enough to be
 * parsed in a few milliseconds.
 */
const maxParts = 25_000

const code = (character: string): number => character.charCodeAt(0)
const [quote, backslash, colon] = [code('"'), code('\\'), code(':')]
const [openBrace, closeBrace, openBracket, closeBracket] = [code('{'), code('}'), code('['), code(']')]

/**
 * Rejects JSON that is nested too deeply or has too many objects, lists, and names. Reads the text, because `JSON.parse`
 * takes 150 ms for a megabyte of distinct names. Text that is not JSON can pass; the parser rejects it.
 *
 * @throws `BAD_USER_INPUT`
 */
export function assertJsonShape(json: string, maxDepth: number): void {
  let depth = 0
  let parts = 0
  for (let index = 0; index < json.length; index++) {
    const character = json.charCodeAt(index)
    if (character === quote) index = findStringEnd(json, index)
    else if (character === colon) parts++
    else if (character === openBrace || character === openBracket) {
      parts++
      if (++depth > maxDepth)
        throw createRejection(`The JSON is nested too deeply. The limit is ${maxDepth - 1} levels.`)
    } else if (character === closeBrace || character === closeBracket) depth--
    if (parts > maxParts)
      throw createRejection(`The JSON is too large. The limit is ${maxParts} objects, lists, and names.`)
  }
}

/** Returns the index of the quote that ends the string, or the length of the text if there is none. */
function findStringEnd(json: string, start: number): number {
  for (let index = start + 1; index < json.length; index++) {
    const character = json.charCodeAt(index)
    if (character === quote) return index
    if (character === backslash) index++
  }
  return json.length
}

const createRejection = (text: string): HttpError => new HttpError(new Problem('BAD_USER_INPUT', text))
