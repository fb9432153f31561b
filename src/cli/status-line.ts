/** Shortest interval between two updates of the line. */
const updateIntervalMs = 100

/** A line on a terminal that is overwritten with each update. Prints nothing if the stream is not a terminal. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream
  readonly #isEnabled: boolean
  #updatedAt = -Infinity
  #isShown = false

  /** @param isEnabled False hides the line, also on a terminal. */
  constructor(stream: NodeJS.WriteStream = process.stderr, isEnabled = true) {
    this.#stream = stream
    this.#isEnabled = isEnabled && stream.isTTY === true
  }

  show(text: () => string, now = performance.now()): void {
    if (!this.#isEnabled || now - this.#updatedAt < updateIntervalMs) return
    this.#updatedAt = now
    this.#isShown = true
    this.#stream.write(`\r${text()}\u001B[K`)
  }

  /** Prints a line that is not overwritten, also if the stream is not a terminal. */
  printLine(text: string): void {
    this.clear()
    this.#stream.write(`${text}\n`)
  }

  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001B[K')
    this.#isShown = false
  }
}
