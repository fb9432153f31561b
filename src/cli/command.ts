/** Something that `parley COMMAND --help` lists with a description. */
export interface Argument {
  /** Form in the usage line: `FILE`, `[FILE|-]`, `bash|zsh|fish`, `[COMMAND...]`. Brackets mark an optional argument. */
  usage: string
  description: string
}

export interface Option {
  /** Placeholder of the value in the help. If omitted, the option is a flag. */
  value?: string
  /** Values that the option accepts, in any letter case. If omitted, it accepts every value. */
  values?: readonly string[]
  multiple?: boolean
  /** Default for the help, such as `PARLEY_URL, or http://…`. The command applies it. */
  default?: string
  description: string
}

export interface Command {
  /** One or two words, such as `serve` or `users list`. */
  name: string
  /** Imperative, without a period, at most 60 characters. */
  summary: string
  description: string
  arguments: readonly Argument[]
  options: Readonly<Record<string, Option>>
  environment: Readonly<Record<string, string>>
  exitCodes: Readonly<Record<number, string>>
  /** Complete commands. The first one runs against the sandbox. */
  examples: readonly string[]
  /** Returns the exit code, or null if the command keeps running. */
  run(input: CommandLine): Promise<number | null>
}

/** Parsed arguments and options of a command. */
export interface CommandLine {
  arguments: readonly string[]
  isHelpRequested: boolean
  getOption(option: string): string | undefined
  getOptionValues(option: string): readonly string[]
  hasFlag(option: string): boolean
}
