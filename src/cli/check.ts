import { loadConfiguration } from '../config/configuration.ts'
import { vendors } from '../vendors/index.ts'
import { exit } from './exit.ts'
import { listChecks, type Check } from './list-checks.ts'

/** `parley check`: validates the configuration, and tests everything that the server uses. Returns the exit code. */
export async function runCheckCommand(file: string | undefined): Promise<number> {
  const options = { environment: process.env, directory: process.cwd(), vendors }
  const configuration = loadConfiguration({ ...options, ...(file === undefined ? {} : { file }) })
  if (!configuration) {
    process.stdout.write('Nothing is configured. "parley serve" uses the vendor sandboxes.\n')
    return exit.success
  }
  const checks = listChecks(configuration, process.env)
  process.stderr.write(formatTargets(checks))
  const results = await Promise.all(checks.map(async ({ name, run }) => ({ name, ...(await run()) })))
  for (const { name, message, notes = [] } of results)
    for (const line of [message, ...notes]) process.stdout.write(`${name}: ${line}\n`)
  return results.every(({ isOk }) => isOk) ? exit.success : exit.rejected
}

/** Printed before any request is sent, so that a user sees a target that a forgotten environment variable configures. */
function formatTargets(checks: readonly Check[]): string {
  const lines = checks
    .filter(({ targets }) => targets.length > 0)
    .map(({ name, targets, reason }) => `  ${name}: ${targets.join(', ')}, because ${reason}\n`)
  return lines.length === 0 ? '' : `Sending requests to:\n${lines.join('')}`
}
