import { Problem } from '../core/errors.ts'

export interface JsonLimits {
  /** Maximum number of levels. */
  answerDepth: number
  /** Maximum number of values: array elements, object members, and containers. */
  answerValues: number
}

/** Maximum number of characters in a string, of digits in a number, and of members in an object. Real data has fewer. */
const maxStringLength = 4 * 1024 * 1024
export const maxDigits = 1_000
export const maxMembers = 10_000

/** An array or object whose end has not been reached. */
interface Container {
  isArray: boolean
  start: number
  commas: number
  /** Start of the members that have not been parsed. */
  pendingStart: number
  /** Start of the last member. */
  memberStart: number
  /** The parsed members. Null while the whole container can still be parsed at once. */
  value: unknown[] | Record<string, unknown> | null
  /** Key of the current member, if it is a container with a value. */
  key: string
  /** End of that member. Null unless the next character must be a comma or the container's end. */
  memberEnd: number | null
}

/** Scans a JSON text in chunks and parses each chunk with `JSON.parse`. @throws SyntaxError if the text is not JSON. */
export class ChunkedParser {
  readonly #text: string
  readonly #limits: JsonLimits
  readonly #open: Container[] = []
  /** Alternating starts and ends of the integers beyond ±2^53 since the last chunk. */
  #integers: number[] = []
  #at = 0
  /** Start of the string that is being scanned. Null outside of strings. */
  #stringStart: number | null = null
  /** Position from which the scanned members are parsed at the next comma. */
  #chunkEnd: number
  readonly #chunkLength: number
  #values = 0
  #root: { start: number; end: number; value: unknown } | null = null

  constructor(text: string, limits: JsonLimits, chunkLength: number) {
    this.#text = text
    this.#limits = limits
    this.#chunkEnd = this.#chunkLength = chunkLength
  }

  /** Scans the next characters. Returns whether all have been scanned. */
  scanChunk(): boolean {
    const text = this.#text
    const end = Math.min(text.length, this.#at + this.#chunkLength)
    while (this.#at < end) {
      if (this.#stringStart !== null) {
        this.#scanString(this.#stringStart, end)
        continue
      }
      const at = this.#at++
      const code = text.charCodeAt(at)
      if (code === quote) this.#stringStart = at
      else if (code === comma) this.#onComma(at)
      else if (code === openBrace || code === openBracket) this.#onOpen(at, code === openBracket)
      else if (code === closeBrace || code === closeBracket) this.#onClose(at, code === closeBracket)
      else if (isDigit(code)) this.#scanNumber(at)
    }
    return this.#at >= text.length
  }

  /** Parses the rest and returns the document. @throws SyntaxError */
  finish(): unknown {
    const root = this.#root
    if (!root) return JSON.parse(this.#getChunk(0, this.#text.length))
    if (this.#open.length > 0) throw new SyntaxError()
    this.#expectBlank(0, root.start)
    this.#expectBlank(root.end, this.#text.length)
    return root.value
  }

  #scanString(start: number, end: number): void {
    const text = this.#text
    while (this.#at < end) {
      const code = text.charCodeAt(this.#at++)
      if (code === backslash) this.#at++
      else if (code === quote) {
        this.#stringStart = null
        return
      }
    }
    if (end - start > maxStringLength) throw createTooLargeProblem()
  }

  #scanNumber(start: number): void {
    const text = this.#text
    while (isDigit(text.charCodeAt(this.#at)) && this.#at - start <= maxDigits) this.#at++
    const end = this.#at
    if (end - start < 16) return
    if (end - start > maxDigits) throw createTooLargeProblem()
    const next = text[end]
    const sign = text[start - 1] === '-' ? 1 : 0
    const before = text[start - 1 - sign]
    if (text[start] === '0' || /[.eE]/.test(next ?? '') || /[.eE+]/.test(before ?? '')) return
    if (end - start === 16 && Number.isSafeInteger(Number(text.slice(start, end)))) return
    // As a string it would be accepted as a key.
    colonNext.lastIndex = end
    if (colonNext.test(text)) throw new SyntaxError()
    this.#integers.push(start - sign, end)
  }

  #countValue(): void {
    if (++this.#values > this.#limits.answerValues) throw createTooLargeProblem()
  }

  #onOpen(at: number, isArray: boolean): void {
    this.#countValue()
    const start = at + 1
    this.#open.push({
      isArray,
      start: at,
      commas: 0,
      pendingStart: start,
      memberStart: start,
      value: null,
      key: '',
      memberEnd: null,
    })
    if (this.#open.length > this.#limits.answerDepth)
      throw createBadResponseProblem("The vendor's response is nested too deeply.")
  }

  #onComma(at: number): void {
    this.#countValue()
    const container = this.#open.at(-1)
    if (!container) throw new SyntaxError()
    if (++container.commas >= maxMembers && !container.isArray) throw createTooLargeProblem()
    if (at >= this.#chunkEnd) this.#parseChunk(container, at)
    else if (container.memberEnd !== null) {
      this.#endMembers(container, at)
      container.pendingStart = at + 1
    }
    container.memberStart = at + 1
  }

  /** Parses what was scanned since the last chunk, up to the comma at `at` in the innermost container. */
  #parseChunk(innermost: Container, at: number): void {
    for (const [level, parent] of this.#open.entries()) {
      const child = this.#open[level + 1]
      if (child && child.value === null) this.#splitBefore(parent, child)
      parent.value ??= parent.isArray ? [] : {}
    }
    this.#endMembers(innermost, at)
    innermost.pendingStart = at + 1
    this.#integers = []
    this.#chunkEnd = at + this.#chunkLength
  }

  #onClose(at: number, isArray: boolean): void {
    const container = this.#open.pop()
    if (container?.isArray !== isArray) throw new SyntaxError()
    if (container.value === null) return
    this.#endMembers(container, at)
    const parent = this.#open.at(-1)
    if (parent) {
      setMember(parent, container.value)
      parent.memberEnd = at + 1
    } else this.#root = { start: container.start, end: at + 1, value: container.value }
  }

  /** Parses the members before a child that is too long to be parsed with its parent. */
  #splitBefore(parent: Container, child: Container): void {
    parent.value ??= parent.isArray ? [] : {}
    if (parent.memberStart > parent.pendingStart) this.#addMembers(parent, parent.memberStart - 1)
    if (parent.isArray) this.#expectBlank(parent.memberStart, child.start)
    else parent.key = parseKey(this.#text.slice(parent.memberStart, child.start))
    parent.pendingStart = parent.memberStart = child.start
  }

  /** Adds the members up to `end`, the position of a comma or of the container's end. */
  #endMembers(container: Container, end: number): void {
    if (container.memberEnd === null) this.#addMembers(container, end)
    else this.#expectBlank(container.memberEnd, end)
    container.memberEnd = null
  }

  #addMembers(container: Container, end: number): void {
    const chunk = this.#getChunk(container.pendingStart, end)
    if (container.isArray) {
      const members = JSON.parse(`[${chunk}]`) as unknown[]
      if (members.length === 0) throw new SyntaxError()
      for (const member of members) setMember(container, member)
      return
    }
    const members = Object.entries(JSON.parse(`{${chunk}}`) as object)
    if (members.length === 0) throw new SyntaxError()
    for (const [key, member] of members) {
      container.key = key
      setMember(container, member)
    }
  }

  /** Returns a part of the text. Its integers beyond ±2^53 become strings. */
  #getChunk(start: number, end: number): string {
    let chunk = ''
    let copied = start
    for (let index = 0; index < this.#integers.length; index += 2) {
      const [from, to] = [this.#integers[index]!, this.#integers[index + 1]!]
      if (from < start || to > end) continue
      chunk += `${this.#text.slice(copied, from)}"${this.#text.slice(from, to)}"`
      copied = to
    }
    return chunk + this.#text.slice(copied, end)
  }

  #expectBlank(start: number, end: number): void {
    if (/[^ \t\r\n]/.test(this.#text.slice(start, end))) throw new SyntaxError()
  }
}

/** Parses an object's key with its colon. */
function parseKey(text: string): string {
  if (!text.trimEnd().endsWith(':')) throw new SyntaxError()
  return Object.keys(JSON.parse(`{${text}0}`) as object)[0]!
}

function setMember({ value, key }: Container, member: unknown): void {
  if (Array.isArray(value)) value.push(member)
  else if (key === '__proto__') Object.defineProperty(value, key, { ...ownProperty, value: member })
  else value![key] = member
}

const ownProperty = { configurable: true, enumerable: true, writable: true }

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]
const colonNext = /[ \t\r\n]*:/y
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

const createTooLargeProblem = (): Problem =>
  new Problem('VENDOR_RESPONSE_TOO_LARGE', "The vendor's response is too large. Request fewer items.", {
    delivery: 'unread',
  })

const createBadResponseProblem = (message: string): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', message, { delivery: 'unread' })
