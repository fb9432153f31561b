import type { Command } from '../command.ts'

/** The first word of commands with two words, such as `conference`, and their second words. */
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

/** Returns the words of an argument such as `bash|zsh`. For `help`, returns the commands. */
export function listArgumentWords({ name, arguments: expected }: Command, commands: readonly Command[]): string[] {
  if (name === 'help') return [...listFirstWords(commands)]
  return expected.filter(({ usage }) => /^[a-z]+\|/.test(usage)).flatMap(({ usage }) => usage.split('|'))
}

export const listOptionWords = ({ options }: Command): string[] =>
  [...Object.keys(options), 'help'].map((name) => `--${name}`)

/** Puts text in single quotes for bash and zsh. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
