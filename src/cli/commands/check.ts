import type { Command } from '../command.ts'
import { configEnvironment, configOptions } from './shared.ts'

export const check: Command = {
  name: 'check',
  summary: 'Validate the configuration and test every account',
  description: `Validates the configuration. Fetches one access token for each account. For TrueConf Server, also tests apiVersion. If the vendor reports the scopes of the token, prints the capabilities that lack a scope. Fetches the keys of JWTs. Validates the trusted documents and the tools for language models. Tests Redis, or the data directory if Redis is not configured. The directory must be writable, must not have an operation store of a newer version, and must not be readable by other users.

Before the command sends a request, it prints the target and the reason to standard error. Results go to standard output. A missing scope is not a failure.`,
  arguments: [],
  options: configOptions,
  environment: configEnvironment,
  exitCodes: {
    0: 'Every test succeeded, or nothing is configured',
    1: 'The configuration has errors, or a test failed',
    2: 'The command line is invalid',
  },
  examples: ['parley check', 'parley check --config parley.config.yaml && parley serve --config parley.config.yaml'],
  run: async (input) => (await import('../check.ts')).runCheckCommand(input.getOption('config')),
}
