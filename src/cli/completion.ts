import type { Command } from './command.ts'
import { formatBashCompletion } from './completion/bash.ts'
import { formatFishCompletion } from './completion/fish.ts'
import { formatZshCompletion } from './completion/zsh.ts'
import { exit, UsageError } from './exit.ts'
import { formatSuggestion } from './suggest.ts'

const formats: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: formatBashCompletion,
  zsh: formatZshCompletion,
  fish: formatFishCompletion,
}

/** `parley completion`: prints the script. Returns the exit code. @throws UsageError if the shell is not supported. */
export function printCompletion(shell: string, commands: readonly Command[]): number {
  const names = Object.keys(formats)
  const format = Object.hasOwn(formats, shell) ? formats[shell] : undefined
  if (!format) throw new UsageError(`The shell must be bash, zsh, or fish.${formatSuggestion(shell, names)}`)
  process.stdout.write(format(commands))
  return exit.success
}
