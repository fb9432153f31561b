import { commands } from './commands.ts'
import { exit } from './exit.ts'
import { findCommand, findGroup } from './find-command.ts'
import { formatHelp, formatOverview } from './help.ts'

/** `parley help`: prints the help of a command. Returns the exit code. @throws UsageError if no command has this name. */
export function printHelp(words: readonly string[]): number {
  process.stdout.write(formatHelpOf(words))
  return exit.success
}

function formatHelpOf(words: readonly string[]): string {
  const [first, ...rest] = words
  if (first === undefined) return formatOverview(commands)
  const group = rest.length === 0 ? findGroup(first) : []
  return group.length > 0 ? formatOverview(group) : formatHelp(findCommand(words).command)
}
