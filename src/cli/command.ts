import { parseArgs } from 'node:util'
import { UsageError } from './exit.ts'

export interface Option {
  /** What stands for its value in the help; absent: it takes none. */
  value?: string
  multiple?: boolean
  says: string
}

export interface Command {
  name: string
  /** In the help's words; in brackets those that may be left out. */
  operands: readonly string[]
  summary: string
  details?: string
  options: Readonly<Record<string, Option>>
  example: string
  /** Gives the exit code; null where the command goes on running. */
  run(input: Input): Promise<number | null>
}

/** What stands on the command line behind a command's name. */
export interface Input {
  operands: readonly string[]
  help: boolean
  text(option: string): string | undefined
  list(option: string): readonly string[]
  flag(option: string): boolean
}

/** Throws UsageError. */
export function readInput(command: Command, args: string[]): Input {
  const options = Object.entries(command.options).map(([name, { value, multiple = false }]) => {
    return [name, { type: value === undefined ? 'boolean' : 'string', multiple } as const] as const
  })
  const help = { type: 'boolean', short: 'h' } as const
  const { values, positionals } = parse(args, { ...Object.fromEntries(options), help })
  const needed = command.operands.filter((operand) => !operand.startsWith('['))
  const missing = values['help'] ? undefined : needed[positionals.length]
  if (missing !== undefined) throw new UsageError(`${missing} is missing.`)
  const excess = positionals[command.operands.length]
  if (excess !== undefined) throw new UsageError(`Unexpected argument "${excess}".`)
  return {
    operands: positionals,
    help: values['help'] === true,
    text: (name) => values[name] as string | undefined,
    list: (name) => (values[name] as string[] | undefined) ?? [],
    flag: (name) => values[name] === true,
  }
}

type ParseOptions = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

function parse(args: string[], options: ParseOptions) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    if (error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'))
      throw new UsageError(error.message)
    throw error
  }
}

export function helpOf({ name, operands, summary, details, options, example }: Command): string {
  const rows = Object.entries(options).map(([option, { value, says }]) => {
    return [`--${option}${value === undefined ? '' : ` ${value}`}`, says] as const
  })
  const usage = ['parley', name, ...operands, ...(rows.length > 0 ? ['[options]'] : [])].join(' ')
  const parts = [`${usage}\n\n${summary}`, details, table(rows), `Example:\n${example.replaceAll(/^/gm, '  ')}`]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** Two columns; a second one of several lines is kept in its place. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 3
  const line = ([left, right]: readonly [string, string]): string =>
    `  ${left.padEnd(width)}${right.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`
  return rows.map(line).join('\n')
}
