/** Digits of cursors: the alphabet of base64url. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map(Array.from(digits, (digit, value) => [digit, value]))

/** @param value 0 to 63. */
export const formatDigit = (value: number): string => digits[value]!

/**
 * Formats a number with 5 bits in each digit, the lowest first. The sixth bit is set if more digits follow.
 *
 * @param value A whole number from 0 to 2^53 - 1.
 */
export function formatNumber(value: number): string {
  let text = ''
  let remaining = value
  for (; remaining >= 32; remaining = Math.floor(remaining / 32)) text += digits[32 + (remaining % 32)]!
  return text + digits[remaining]!
}

/** Thrown if a text is not the body of a cursor. */
export class UnreadableCursor extends Error {}

/** Reads the body of a cursor from its start. */
export class CursorReader {
  readonly #text: string
  #index = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Whether the whole body was read. */
  get isAtEnd(): boolean {
    return this.#index === this.#text.length
  }

  /** @throws UnreadableCursor if fewer characters remain. */
  readText(length: number): string {
    const end = this.#index + length
    if (end > this.#text.length) throw new UnreadableCursor()
    const text = this.#text.slice(this.#index, end)
    this.#index = end
    return text
  }

  /** @throws UnreadableCursor if no digit follows. */
  readDigit(): number {
    const value = values.get(this.readText(1))
    if (value === undefined) throw new UnreadableCursor()
    return value
  }

  /** @throws UnreadableCursor if no number up to 2^53 - 1 follows. */
  readNumber(): number {
    let value = 0
    for (let factor = 1; ; factor *= 32) {
      const digit = this.readDigit()
      value += (digit % 32) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new UnreadableCursor()
      if (digit < 32) return value
    }
  }
}
