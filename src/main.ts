import { commands } from './cli/commands.ts'
import { helpOf, readInput, table } from './cli/command.ts'
import { exit, exitOfError, UsageError } from './cli/exit.ts'
import { ParleyError } from './client/errors.ts'
import { ConfigurationError } from './config/problems.ts'

/** Gives the exit code; null where the command goes on running. */
async function run(): Promise<number | null> {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(overview())
    return name === undefined ? exit.usage : exit.done
  }
  if (!command) throw new UsageError(`There is no command "${name}".`)
  const input = readInput(command, args)
  if (!input.help) return command.run(input)
  process.stdout.write(helpOf(command))
  return exit.done
}

function overview(): string {
  const rows = commands.map(({ name, operands, summary }) => [[name, ...operands].join(' '), summary] as const)
  return `Parley: one GraphQL API for every meeting vendor.\n\n${table(rows)}\n\nparley COMMAND --help tells more.\n`
}

/** Gives the exit code; what is not expected here is a defect and thrown on. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message} See "parley ${command ? `${command.name} ` : ''}--help".\n`)
    return exit.usage
  }
  if (error instanceof ParleyError) {
    process.stderr.write(`${error.code}: ${error.message}\n`)
    return exitOfError(error)
  }
  if (!(error instanceof ConfigurationError)) throw error
  process.stderr.write(`The configuration is not right:\n${error.problems.map((line) => `  ${line}\n`).join('')}`)
  return exit.refused
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exit.done)
  throw error
})
const [name, ...args] = process.argv.slice(2)
const command = commands.find((command) => command.name === name)
const code = await run().catch(explain)
if (code !== null) process.exitCode = code
