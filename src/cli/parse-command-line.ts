import { parseArgs } from 'node:util'
import type { Command, CommandLine, Option } from './command.ts'
import { UsageError } from './exit.ts'
import { formatSuggestion } from './suggest.ts'

type Tokens = NonNullable<ReturnType<typeof parseArgs<{ tokens: true; strict: false }>>['tokens']>

/**
 * Parses the words after the name of a command. Values of a limited set are returned as the option lists them.
 *
 * @throws UsageError if an option, a value, or an argument is invalid or missing.
 */
export function parseCommandLine(command: Command, args: string[]): CommandLine {
  const options: Record<string, Option & { short?: string }> = {
    ...command.options,
    help: { short: 'h', description: '' },
  }
  const { values, positionals, tokens } = parseArgs({
    args,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value, multiple = false, short }]) => {
        return [name, { type: value === undefined ? 'boolean' : 'string', multiple, ...(short && { short }) } as const]
      }),
    ),
    strict: false,
    tokens: true,
  })
  validateOptions(options, tokens)
  if (values['help'] !== true) validateArguments(command, positionals)
  const readValues = (name: string): string[] =>
    ([values[name] ?? []].flat() as string[]).map((value) => findValue(name, options[name]!, value))
  return {
    arguments: positionals,
    isHelpRequested: values['help'] === true,
    getOption: (name) => readValues(name)[0],
    getOptionValues: readValues,
    hasFlag: (name) => values[name] === true,
  }
}

function validateOptions(options: Readonly<Record<string, Option>>, tokens: Tokens): void {
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (!option) {
      const names = Object.keys(options).map((known) => `--${known}`)
      throw new UsageError(`There is no option "${rawName}".${formatSuggestion(rawName, names)}`)
    }
    if (option.value === undefined) {
      if (value !== undefined) throw new UsageError(`"--${name}" does not accept a value.`)
    } else if (value === undefined) throw new UsageError(`"--${name}" requires a value.`)
    else if (!inlineValue && /^-./.test(value))
      throw new UsageError(`"--${name}" requires a value. Write "--${name}=VALUE" if the value begins with "-".`)
    else findValue(name, option, value)
  }
}

/** Returns the accepted value that equals `typed`, ignoring case. @throws UsageError */
function findValue(name: string, { values }: Option, typed: string): string {
  if (!values) return typed
  const upper = typed.toUpperCase()
  if (values.includes(upper)) return upper
  throw new UsageError(`"--${name}" must be one of ${values.join(', ')}.${formatSuggestion(upper, values)}`)
}

function validateArguments({ arguments: expected }: Command, words: readonly string[]): void {
  const required = expected.filter(({ usage }) => !usage.startsWith('['))
  const missing = required[words.length]
  if (missing) throw new UsageError(`"${missing.usage}" is required.`)
  const excess = expected.at(-1)?.usage.includes('...') ? undefined : words[expected.length]
  if (excess !== undefined) throw new UsageError(`The argument "${excess}" was not expected.`)
}
