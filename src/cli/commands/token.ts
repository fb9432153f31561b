import type { Command } from '../command.ts'
import { configEnvironment, configOptions } from './shared.ts'

export const token: Command = {
  name: 'token',
  summary: 'Fetch an access token for an account',
  description: `Fetches an access token of a configured account from its vendor and prints when the token expires.`,
  arguments: [{ usage: 'ACCOUNT', description: 'Key of the account in the configuration' }],
  options: {
    show: { description: 'Print the token, and nothing else, to standard output' },
    ...configOptions,
  },
  environment: configEnvironment,
  exitCodes: {
    0: 'Success',
    1: 'The configuration has errors, or the vendor rejected the credentials',
    2: 'The command line is invalid, or the account is not configured',
    4: 'The vendor is unavailable. Run the command again later',
  },
  examples: [
    'parley token zoom --config parley.config.yaml',
    'curl -H "Authorization: Bearer $(parley token zoom --show)" https://api.zoom.us/v2/users',
  ],
  run: async (input) => (await import('../token.ts')).runTokenCommand(input),
}
