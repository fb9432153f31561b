import { loadConfiguration } from '../config/configuration.ts'
import { Problem } from '../core/errors.ts'
import { vendors } from '../vendors/index.ts'
import type { CommandLine } from './command.ts'
import { exit, UsageError } from './exit.ts'
import { fetchToken, formatExpiry, formatAccountProblem } from './fetch-token.ts'

/** `parley token`: prints when the token expires, or with --show only the token, to stdout. Returns the exit code. */
export async function runTokenCommand(input: CommandLine): Promise<number> {
  const [key, file] = [input.arguments[0]!, input.getOption('config')]
  const options = { environment: process.env, directory: process.cwd(), vendors }
  const configuration = loadConfiguration({ ...options, ...(file === undefined ? {} : { file }) })
  if (!configuration)
    throw new UsageError('Nothing is configured. Set the path of a configuration file with "--config".')
  const settings = configuration.accounts.find((account) => account.key === key)
  if (!settings) {
    const keys = configuration.accounts.map((account) => account.key).join(', ')
    throw new UsageError(`The account "${key}" is not configured. Configured accounts: ${keys}.`)
  }
  try {
    const token = await fetchToken(settings, configuration)
    const expiry = `${key}: ${formatExpiry(token)}\n`
    if (input.hasFlag('show')) process.stdout.write(`${token.value}\n`)
    ;(input.hasFlag('show') ? process.stderr : process.stdout).write(expiry)
    return exit.success
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    process.stderr.write(`${key}: ${formatAccountProblem(error)}\n`)
    return error.retryable ? exit.unavailable : exit.rejected
  }
}
