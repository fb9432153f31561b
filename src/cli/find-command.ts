import { joinNames } from '../core/join-names.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { UsageError } from './exit.ts'
import { formatSuggestion } from './suggest.ts'

export interface FoundCommand {
  command: Command
  /** Words after the name of the command. */
  args: string[]
}

/** @throws UsageError if no command has this name. */
export function findCommand(words: readonly string[]): FoundCommand {
  for (const length of [2, 1]) {
    const command = commands.find(({ name }) => name === words.slice(0, length).join(' '))
    if (command) return { command, args: words.slice(length) }
  }
  const [first = '', second = ''] = words
  const group = findGroup(first)
  if (group.length === 0) {
    const names = commands.map(({ name }) => name.split(' ')[0]!)
    throw new UsageError(`There is no command "${first}".${formatSuggestion(first, names)}`)
  }
  const names = group.map(({ name }) => name.split(' ')[1]!)
  const isNamed = second !== '' && !second.startsWith('-')
  const problem = isNamed ? `There is no command "${first} ${second}".${formatSuggestion(second, names)}` : ''
  throw new UsageError(problem || `"${first}" must be followed by ${formatChoices(names)}.`)
}

/** Returns the commands with two words that begin with `word`. */
export const findGroup = (word: string): readonly Command[] =>
  commands.filter(({ name }) => name.startsWith(`${word} `))

const formatChoices = (names: readonly string[]): string =>
  joinNames(
    names.map((name) => `"${name}"`),
    'or',
  )
