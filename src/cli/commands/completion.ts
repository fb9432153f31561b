import type { Command } from '../command.ts'

export const completion: Command = {
  name: 'completion',
  summary: 'Print a shell completion script',
  description: `Prints a script that completes commands, options, and file names.`,
  arguments: [{ usage: 'bash|zsh|fish', description: 'Shell that runs the script' }],
  options: {},
  environment: {},
  exitCodes: { 0: 'Success', 2: 'The command line is invalid' },
  examples: ['eval "$(parley completion bash)"', 'parley completion fish | source'],
  run: async (input) => {
    const [{ printCompletion: completion }, { commands }] = await Promise.all([
      import('../completion.ts'),
      import('../commands.ts'),
    ])
    return completion(input.arguments[0]!, commands)
  },
}
