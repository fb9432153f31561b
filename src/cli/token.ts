import { loadConfiguration } from '../config.ts'
import { Problem } from '../errors.ts'
import { vendors } from '../vendors/index.ts'
import type { Input } from './command.ts'
import { exit, UsageError } from './exit.ts'
import { describe, endOf, fetchToken } from './fetch-token.ts'

/** `parley token`: stdout holds when it ends, or with --show the token and nothing else. Gives the exit code. */
export async function token(input: Input): Promise<number> {
  const [key, file] = [input.operands[0]!, input.text('config')]
  const around = { environment: process.env, directory: process.cwd(), vendors }
  const configuration = loadConfiguration({ ...around, ...(file === undefined ? {} : { file }) })
  if (!configuration) throw new UsageError('Nothing is configured; --config names a file.')
  const settings = configuration.accounts.find((account) => account.key === key)
  if (!settings) {
    const keys = configuration.accounts.map((account) => account.key).join(', ')
    throw new UsageError(`There is no account "${key}"; there are ${keys}.`)
  }
  try {
    const fetched = await fetchToken(settings, configuration)
    const told = `${key}: a token ${endOf(fetched)}\n`
    if (input.flag('show')) process.stdout.write(`${fetched.value}\n`)
    ;(input.flag('show') ? process.stderr : process.stdout).write(told)
    return exit.done
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    process.stderr.write(`${key}: ${describe(error)}\n`)
    return error.retryable ? exit.unavailable : exit.refused
  }
}
