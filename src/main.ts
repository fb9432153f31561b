#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { ConfigurationError } from './config.ts'

const usage = `Parley: one GraphQL API for every meeting vendor.

  parley serve [--config FILE]   the server; over the sandbox where nothing is configured
  parley check [--config FILE]   validates the configuration and fetches one token per account
  parley sandbox                 the sandbox vendors alone
  parley --help
`

/** Gives the exit code; null where the command goes on running. */
async function run(args: string[]): Promise<number | null> {
  const options = { config: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [command, ...rest] = positionals
  if (values.help || command === undefined) {
    process.stdout.write(usage)
    return values.help ? 0 : 2
  }
  if (rest.length > 0) throw new TypeError(`Unexpected argument "${rest[0]}".`)
  switch (command) {
    case 'serve':
      await (await import('./cli/serve.ts')).serve(values.config)
      return null
    case 'check':
      return (await import('./cli/check.ts')).check(values.config)
    case 'sandbox':
      await (await import('./cli/sandbox.ts')).sandbox()
      return null
    default:
      throw new TypeError(`There is no command "${command}".`)
  }
}

try {
  const code = await run(process.argv.slice(2))
  if (code !== null) process.exitCode = code
} catch (error) {
  if (error instanceof ConfigurationError) {
    process.stderr.write(`The configuration is not right:\n${error.problems.map((line) => `  ${line}\n`).join('')}`)
    process.exitCode = 1
  } else if (error instanceof TypeError && !error.stack?.includes('node_modules')) {
    process.stderr.write(`${error.message} See "parley --help".\n`)
    process.exitCode = 2
  } else throw error
}
