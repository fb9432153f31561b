import type { Command } from '../command.ts'
import { serverEnvironment, serverOptions } from './shared.ts'

export const mcp: Command = {
  name: 'mcp',
  summary: 'Connect an MCP client to a server',
  description: `Passes the messages of an MCP client on standard input to the endpoint /mcp of a running Parley server, and its responses to standard output. Use it for clients that start a command instead of sending HTTP requests.

The URL can be that of the API or that of the endpoint.

The command needs no vendor credentials. It reads no configuration file, and runs until the client closes standard input. If the server becomes unavailable meanwhile, the requests of the client fail, and the command continues.`,
  arguments: [],
  options: serverOptions,
  environment: serverEnvironment,
  exitCodes: {
    0: 'End of standard input',
    1: 'The server rejected the API key, or it has no MCP endpoint',
    2: 'The command line or the URL is invalid',
    4: 'The server could not be reached at the start. Run the command again later',
    130: 'Interrupted with Ctrl-C',
    143: 'Stopped with SIGTERM',
  },
  examples: [
    `echo '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' | parley mcp`,
    'parley mcp --url https://meetings.example.com/mcp',
  ],
  run: async (input) => (await import('../mcp.ts')).runMcpCommand(input),
}
