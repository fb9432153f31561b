import type { PageSource } from '../client/pages.ts'
import type { StatusLine } from './status-line.ts'

/** Prints the problems of accounts. Prints a problem once, even if it affects several pages. */
export class SourceReporter {
  /** Whether a part of a node could not be read. */
  hasErrors = false
  /** Whether an account could not be read, so that the list lacks items. */
  hasFailedSources = false
  readonly #status: StatusLine
  /** Last problem of each account, by account key. Empty if there was none. */
  readonly #lastProblems = new Map<string, string>()

  constructor(status: StatusLine) {
    this.#status = status
  }

  reportSource({ account, status, problem }: PageSource): void {
    const text = problem && status !== 'UNSUPPORTED' ? `${status}, ${problem.code}: ${problem.message}` : ''
    if (status === 'FAILED' || status === 'RATE_LIMITED') this.hasFailedSources = true
    if (text && this.#lastProblems.get(account.key) !== text) this.#status.printLine(`${account.key}: ${text}`)
    this.#lastProblems.set(account.key, text)
  }

  /** Prints an error of a part of a node. */
  reportError(line: string): void {
    this.hasErrors = true
    this.#status.printLine(line)
  }
}
