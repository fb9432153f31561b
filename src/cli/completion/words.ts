import type { Command } from '../command.ts'

/** A first word of several commands, with the second words, such as `users` with `list`. */
export interface Group {
  name: string
  members: readonly string[]
}

export function listGroups(commands: readonly Command[]): readonly Group[] {
  const pairs = commands.map(({ name }) => name.split(' ')).filter(({ length }) => length === 2)
  const byName = Map.groupBy(pairs, ([first]) => first!)
  return [...byName].map(([name, members]) => ({ name, members: members.map(([, second]) => second!) }))
}

/** Returns every first word once. */
export const listFirstWords = (commands: readonly Command[]): readonly string[] => [
  ...new Set(commands.map(({ name }) => name.split(' ')[0]!)),
]

/** Returns the words of an argument such as `bash|zsh`, or for `help` the commands. */
export function listArgumentWords({ name, arguments: expected }: Command, commands: readonly Command[]): string[] {
  if (name === 'help') return [...listFirstWords(commands)]
  return expected.filter(({ usage }) => /^[a-z]+\|/.test(usage)).flatMap(({ usage }) => usage.split('|'))
}

export const listOptionWords = ({ options }: Command): string[] =>
  [...Object.keys(options), 'help'].map((name) => `--${name}`)

/** In single quotes for bash and zsh. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
