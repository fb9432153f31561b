export interface LogLine {
  level: number
  msg: string
  [field: string]: unknown
}

/** Output of a server process, with a parsed log. */
export class ProcessOutput {
  readonly lines: LogLine[] = []
  readonly #onLine: ((line: LogLine) => void) | undefined
  stdout = ''
  stderr = ''
  #otherLines = ''
  /** Last line, which can be incomplete. */
  #rest = ''

  /** With `onLine`, stores no lines of the log. */
  constructor(onLine?: (line: LogLine) => void) {
    this.#onLine = onLine
  }

  /** Text on stderr that is not a line of the log. */
  get noise(): string {
    return this.#otherLines + this.#rest
  }

  addStderr(text: string): void {
    if (!this.#onLine) this.stderr += text
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('{')) this.#addLine(JSON.parse(line) as LogLine)
      else this.#otherLines += `${line}\n`
    }
  }

  #addLine(line: LogLine): void {
    if (this.#onLine) this.#onLine(line)
    else this.lines.push(line)
  }
}
