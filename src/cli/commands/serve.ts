import type { Command } from '../command.ts'
import { configEnvironment, configOptions } from './shared.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'Start the server',
  description: `Starts the GraphQL API and GraphiQL. If nothing is configured, the server uses its vendor sandboxes.

After the first SIGTERM or SIGINT, the server drains: it finishes the requests in flight. After the second one, it stops immediately. SIGHUP or a change of the configuration file reloads accounts, callers, and limits.`,
  arguments: [],
  options: configOptions,
  environment: {
    ...configEnvironment,
    HOST: 'Address to listen on. (default: 127.0.0.1)',
    PORT: 'Port to listen on. 0 selects a free port. (default: 4000)',
    PARLEY_SANDBOX_PORT:
      'First port of the sandboxes, which use consecutive ports. 0 selects free ports. (default: 4010)',
  },
  exitCodes: {
    0: 'Stopped by a signal, after all requests finished',
    1: 'The configuration has errors, a port is in use, Redis cannot be used, or the server stopped before all requests finished',
    2: 'The command line is invalid',
  },
  examples: ['parley serve', 'parley serve --config parley.config.yaml'],
  run: async (input) => {
    const { runServeCommand } = await import('../serve.ts')
    await runServeCommand(input.getOption('config'))
    return null
  },
}
