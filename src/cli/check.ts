import { loadConfiguration } from '../config/configuration.ts'
import { vendors } from '../vendors/index.ts'
import { exit } from './exit.ts'
import { listChecks, type Check } from './list-checks.ts'

/** `parley check`: validates the configuration, and tests all that the server will use. Returns the exit code. */
export async function runCheckCommand(file: string | undefined): Promise<number> {
  const around = { environment: process.env, directory: process.cwd(), vendors }
  const configuration = loadConfiguration({ ...around, ...(file === undefined ? {} : { file }) })
  if (!configuration) {
    process.stdout.write('Nothing is configured. "parley serve" uses the vendor sandboxes.\n')
    return exit.done
  }
  const checks = listChecks(configuration, process.env)
  process.stderr.write(formatTargets(checks))
  const results = await Promise.all(checks.map(async ({ name, run }) => ({ name, ...(await run()) })))
  for (const { name, message, notes = [] } of results)
    for (const line of [message, ...notes]) process.stdout.write(`${name}: ${line}\n`)
  return results.every(({ isOk }) => isOk) ? exit.done : exit.refused
}

/** A test that contacts a vendor because of a forgotten environment variable must be seen before it does. */
function formatTargets(checks: readonly Check[]): string {
  const lines = checks
    .filter(({ targets }) => targets.length > 0)
    .map(({ name, targets, reason }) => `  ${name}: ${targets.join(', ')}, because ${reason}\n`)
  return lines.length === 0 ? '' : `Sending requests to:\n${lines.join('')}`
}
