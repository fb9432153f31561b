import { Kind } from 'graphql'
import type { IntValueNode, StringValueNode } from 'graphql'

/** A string or integer in the text of a document. */
export interface Literal {
  /** Index of its first character. */
  start: number
  node: IntValueNode | StringValueNode
}

export interface CutDocument {
  /**
   * A prefix, and the text with control characters in place of the characters of its literals. Two texts have the same
   * shape if and only if they differ only in literals of the same kinds and lengths, so their nodes have the same positions.
   */
  shape: string
  literals: readonly Literal[]
}

/** Length of a text that takes less time to cut than any other check of a new document. */
const maxLength = 16 * 1024
const stringMark = '\0'
const digitMark = '\u0001'
/** Separates integers: a minus sign can follow a digit. */
const integerMark = '\u0002'

/**
 * Cuts the literals out of the text of a document.
 *
 * @param prefix Begins the shape.
 * @returns Null if there are none, or if the text has block strings, escapes, characters outside of the Basic Multilingual
 *   Plane in strings, numbers that are not integers, or control characters.
 */
export function cutLiterals(text: string, prefix = ''): CutDocument | null {
  if (text.length > maxLength) return null
  const literals: Literal[] = []
  let shape = prefix
  let copied = 0
  let position = 0
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (isNameStart(code)) {
      position = findNameEnd(text, position)
    } else if (code === 0x22) {
      const end = findStringEnd(text, position + 1)
      if (end === null) return null
      const value = text.slice(position + 1, end)
      literals.push({ start: position, node: { kind: Kind.STRING, value } })
      shape += text.slice(copied, position + 1) + stringMark.repeat(value.length)
      copied = end
      position = end + 1
    } else if (isDigit(code) || code === 0x2d) {
      const end = findIntegerEnd(text, position)
      if (end === null) return null
      literals.push({ start: position, node: { kind: Kind.INT, value: text.slice(position, end) } })
      shape += text.slice(copied, position) + integerMark + digitMark.repeat(end - position - 1)
      copied = end
      position = end
    } else if (code === 0x23) {
      position = findLineEnd(text, position)
    } else if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) {
      return null
    } else position++
  }
  return literals.length === 0 ? null : { shape: shape + text.slice(copied), literals }
}

function isNameStart(code: number): boolean {
  const lowerCase = code | 0x20
  return (lowerCase >= 0x61 && lowerCase <= 0x7a) || code === 0x5f
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

function findNameEnd(text: string, start: number): number {
  let end = start + 1
  for (let code = text.charCodeAt(end); isNameStart(code) || isDigit(code); code = text.charCodeAt(end)) end++
  return end
}

function findLineEnd(text: string, start: number): number {
  let end = start
  for (let code = text.charCodeAt(end); end < text.length && code !== 0x0a && code !== 0x0d;)
    code = text.charCodeAt(++end)
  return end
}

/** Returns the index of the closing quote. Null for other strings than simple ones. */
function findStringEnd(text: string, start: number): number | null {
  let end = start
  for (let code = text.charCodeAt(end); code !== 0x22; code = text.charCodeAt(++end)) {
    const isSimple = code >= 0x20 && code !== 0x5c && (code < 0xd800 || code > 0xdfff)
    if (!isSimple) return null
  }
  const isBlock = end === start && text.charCodeAt(end + 1) === 0x22
  return isBlock ? null : end
}

/** Returns the index after an integer. Null for other numbers, and for numbers that are not valid. */
function findIntegerEnd(text: string, start: number): number | null {
  const first = text.charCodeAt(start) === 0x2d ? start + 1 : start
  let end = first
  while (isDigit(text.charCodeAt(end))) end++
  const hasLeadingZero = text.charCodeAt(first) === 0x30 && end > first + 1
  const next = text.charCodeAt(end)
  return end === first || hasLeadingZero || next === 0x2e || isNameStart(next) ? null : end
}
