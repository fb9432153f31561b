/** How often a terminal is told, in ms. */
const updateIntervalMs = 100

/** A line of stderr that is written over and over; on what is no terminal it stays unwritten. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream
  readonly #shown: boolean
  #last = -Infinity
  #dirty = false

  /** `shown`: false hides it on a terminal too. */
  constructor(stream: NodeJS.WriteStream = process.stderr, shown = true) {
    this.#stream = stream
    this.#shown = shown && stream.isTTY === true
  }

  show(text: () => string, now = performance.now()): void {
    if (!this.#shown || now - this.#last < updateIntervalMs) return
    this.#last = now
    this.#dirty = true
    this.#stream.write(`\r${text()}\u001B[K`)
  }

  /** A line that stays. */
  printLine(text: string): void {
    this.clear()
    this.#stream.write(`${text}\n`)
  }

  clear(): void {
    if (this.#dirty) this.#stream.write('\r\u001B[K')
    this.#dirty = false
  }
}
