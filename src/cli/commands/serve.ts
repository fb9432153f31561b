import type { Command } from '../command.ts'
import { withSmallYoungGeneration } from '../young-generation.ts'
import { configEnvironment, configOptions } from './shared.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'Start the server',
  description: `Starts the GraphQL API and GraphiQL. If nothing is configured, the server uses its vendor sandboxes.

The first SIGTERM or SIGINT lets requests in flight finish. The second one stops at once. SIGHUP reloads accounts, callers, and
limits, as a change of the configuration file does.`,
  arguments: [],
  options: configOptions,
  environment: {
    ...configEnvironment,
    HOST: 'Address to listen at. (default: 127.0.0.1)',
    PORT: 'Port to listen at. 0 selects a free port. (default: 4000)',
    PARLEY_SANDBOX_PORT: 'First of the 3 ports of the sandboxes. 0 selects free ports. (default: 4010)',
  },
  exitCodes: {
    0: 'Stopped by a signal, and all requests finished',
    1: 'The configuration has errors, an address is in use, or the server stopped early',
    2: 'The command line is invalid',
  },
  examples: ['parley serve', 'parley serve --config parley.config.yaml'],
  run: async (input) => {
    await withSmallYoungGeneration(async () => (await import('../serve.ts')).runServeCommand(input.getOption('config')))
    return null
  },
}
