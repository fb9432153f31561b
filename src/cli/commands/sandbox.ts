import type { Command } from '../command.ts'

export const sandbox: Command = {
  name: 'sandbox',
  summary: 'Run only the vendor sandboxes',
  description: `Runs a local server with the API of each vendor, and with invented users and conferences. Prints one line of JSON with the URLs of the sandboxes and the path of a configuration file for them.`,
  arguments: [],
  options: {},
  environment: {
    PARLEY_SANDBOX_PORT:
      'First port of the sandboxes, which use consecutive ports. 0 selects free ports. (default: 4010)',
  },
  exitCodes: {
    0: 'Stopped by SIGTERM or SIGINT',
    1: 'A port is in use',
    2: 'The command line is invalid',
  },
  examples: ['PARLEY_SANDBOX_PORT=0 parley sandbox'],
  run: async () => {
    await (await import('../sandbox.ts')).runSandboxCommand()
    return null
  },
}
