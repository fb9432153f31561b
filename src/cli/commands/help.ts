import type { Command } from '../command.ts'

export const help: Command = {
  name: 'help',
  summary: 'Print the help of a command',
  description: 'Prints the help of a command, or the list of commands.',
  arguments: [{ usage: '[COMMAND...]', description: 'Command, such as query' }],
  options: {},
  environment: {},
  exitCodes: { 0: 'Success', 2: 'The command does not exist' },
  examples: ['parley help query'],
  run: async (input) => (await import('../print-help.ts')).printHelp(input.arguments),
}
