import type { Command } from '../command.ts'
import { conferenceStates } from '../enum-values.ts'
import { serverEnvironment, serverOptions, readExitCodes } from './shared.ts'

export const wait: Command = {
  name: 'wait',
  summary: 'Wait for an operation or a conference state',
  description: `Queries an operation until its outcome is known, or a conference until it has the given state, and prints the result as JSON. Either --operation, or --conference with --state, is required. The interval between two queries grows from 1 to 10 s.`,
  arguments: [],
  options: {
    operation: { value: 'ID', description: 'ID of the operation' },
    conference: { value: 'ID', description: 'ID of the conference' },
    state: {
      value: 'STATE',
      values: conferenceStates,
      description: `With --conference: ${conferenceStates.join(', ')}`,
    },
    timeout: { value: 'SECONDS', description: 'Maximum time to wait, in seconds.', default: '120' },
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: {
    ...readExitCodes,
    0: 'The operation succeeded, or the conference has the state',
    1: 'The operation was rejected, or the object was not found',
    3: 'The outcome of the operation is still pending or unknown after the timeout',
    4: 'The change was not sent, the state was not reached before the timeout, or the server is unavailable',
  },
  examples: ['parley wait --operation ID', 'parley wait --conference ID --state running --timeout 600'],
  run: async (input) => (await import('../wait.ts')).runWaitCommand(input),
}
