/** Why the server cannot start: one line for each problem, with where, what and how to mend; no values. */
export class ConfigurationError extends Error {
  readonly problems: string[]
  /** Files that the configuration consists of, those that are missing included. */
  readonly files: readonly string[]

  constructor(problems: string[], files: Iterable<string> = []) {
    super(['The configuration cannot be used.', ...problems].join('\n'))
    this.name = 'ConfigurationError'
    this.problems = problems
    this.files = [...files]
  }
}
