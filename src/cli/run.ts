import { ConfigurationError } from '../core/configuration-error.ts'
import { findCommand } from './find-command.ts'
import { commands } from './commands.ts'
import { exit, getExitCodeOfError, UsageError } from './exit.ts'
import { formatHelp, formatOverview } from './help.ts'
import { printHelp } from './print-help.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { formatSuggestion } from './suggest.ts'
import { ParleyError } from '../client/errors.ts'
import { version } from '../core/version.ts'

/** Name of the command, for the hint of a usage error. */
let commandName = ''

/** Runs the command. Returns the exit code, or null if the command keeps running. */
async function run(words: readonly string[]): Promise<number | null> {
  const [first, second] = words
  if (first === undefined) {
    process.stderr.write(formatOverview(commands))
    return exit.usage
  }
  if (first.startsWith('-')) return runOption(first)
  if (second === '--help' || second === '-h') return printHelp([first])
  const { command, args } = findCommand(words)
  commandName = command.name
  const input = parseCommandLine(command, args)
  if (!input.isHelpRequested) return command.run(input)
  process.stdout.write(formatHelp(command))
  return exit.success
}

/** `parley --help` and `parley --version`. */
function runOption(option: string): number {
  if (option === '--help' || option === '-h') return printHelp([])
  if (option !== '--version' && option !== '-v')
    throw new UsageError(
      `There is no option "${option}" before a command.${formatSuggestion(option, ['--help', '--version'])}`,
    )
  process.stdout.write(`parley ${version}\n`)
  return exit.success
}

/** Prints an expected error and returns its exit code. Any other error is a bug and is thrown again. */
function printError(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(
      `${error.message} Run "${['parley', commandName, '--help'].filter(Boolean).join(' ')}" for help.\n`,
    )
    return exit.usage
  }
  if (error instanceof ParleyError) {
    process.stderr.write(`${error.code}: ${error.message}\n`)
    return getExitCodeOfError(error)
  }
  if (!(error instanceof ConfigurationError)) throw error
  process.stderr.write(`${error.message.replaceAll('\n', '\n  ')}\n`)
  return exit.rejected
}

// A reader that closes the pipe early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exit.success)
  throw error
})
// The exit code must state the outcome, also if the text about it cannot be written.
process.stderr.on('error', () => {})
const code = await run(process.argv.slice(2)).catch(printError)
if (code !== null) process.exitCode = code
