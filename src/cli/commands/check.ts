import type { Command } from '../command.ts'
import { configEnvironment, configOptions } from './shared.ts'

export const check: Command = {
  name: 'check',
  summary: 'Validate the configuration and test every account',
  description: `Validates the configuration and fetches one access token for each account. If Redis is configured, also tests the connection to Redis. Prints one line for each.`,
  arguments: [],
  options: configOptions,
  environment: configEnvironment,
  exitCodes: {
    0: 'Every test succeeded, or nothing is configured',
    1: 'The configuration has errors, or a test failed',
    2: 'The command line is invalid',
  },
  examples: ['parley check', 'parley check --config parley.config.yaml && parley serve --config parley.config.yaml'],
  run: async (input) => (await import('../check.ts')).check(input.getText('config')),
}
