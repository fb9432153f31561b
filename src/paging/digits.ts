/** Digits that cursors consist of: the alphabet of base64url. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = new Map(Array.from(digits, (digit, value) => [digit, value]))

/** @param value 0 to 63. */
export const formatDigit = (value: number): string => digits[value]!

/** A whole number from 0 on: 5 bits a digit, the lowest first; the sixth bit says that more follow. */
export function formatNumber(value: number): string {
  let text = ''
  let rest = value
  for (; rest >= 32; rest = Math.floor(rest / 32)) text += digits[32 + (rest % 32)]!
  return text + digits[rest]!
}

/** Thrown for a text that no cursor consists of. */
export class UnreadableCursor extends Error {}

/** Reads the body of a cursor from its start. */
export class CursorReader {
  readonly #text: string
  #index = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#index === this.#text.length
  }

  /** @throws UnreadableCursor if the text is shorter. */
  readText(length: number): string {
    const end = this.#index + length
    if (end > this.#text.length) throw new UnreadableCursor()
    const text = this.#text.slice(this.#index, end)
    this.#index = end
    return text
  }

  readDigit(): number {
    const value = values.get(this.readText(1))
    if (value === undefined) throw new UnreadableCursor()
    return value
  }

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
