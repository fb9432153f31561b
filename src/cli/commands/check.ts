import type { Command } from '../command.ts'
import { configEnvironment, configOptions } from './shared.ts'

export const check: Command = {
  name: 'check',
  summary: 'Validate the configuration and test what it names',
  description: `Validates the configuration. Fetches one access token for each account, and reports which of its capabilities lack a scope if the vendor reports scopes. Fetches the keys of JWTs. Tests Redis, or the data folder if Redis is not configured: it must be writable, hold no operation store of a newer version, and keep its files from other users.

Before it sends a request, it prints to standard error where, and why. Results go to standard output. A missing scope is no failure.`,
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
