/**
 * Reports why the configuration cannot be used. The message has a line for each problem, with its location and its fix,
 * but without values.
 */
export class ConfigurationError extends Error {
  /** One line for each problem. */
  readonly problems: string[]
  /** Paths of the files of the configuration, including missing files. */
  readonly files: readonly string[]

  constructor(problems: string[], files: Iterable<string> = []) {
    super(['The configuration has errors:', ...problems].join('\n'))
    this.name = 'ConfigurationError'
    this.problems = problems
    this.files = [...files]
  }
}
