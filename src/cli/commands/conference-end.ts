import type { Command } from '../command.ts'
import { conferenceColumns } from '../conference-columns.ts'
import { createWriter, outputOptions } from '../output.ts'
import { mutationExitCodes, mutationOptions, serverEnvironment, serverOptions } from './shared.ts'

export const conferenceEnd: Command = {
  name: 'conference end',
  summary: 'End a running conference',
  description: 'Ends a running conference for all participants and prints the conference.',
  arguments: [{ usage: 'ID', description: 'ID of the conference' }],
  options: { ...mutationOptions, ...outputOptions, ...serverOptions },
  environment: serverEnvironment,
  exitCodes: mutationExitCodes,
  examples: ['parley conference end ID'],
  run: async (input) => {
    const { runMutation } = await import('../mutate.ts')
    const { EndConferenceDocument } = await import('../../client/gql/graphql.ts')
    const [conferenceId] = input.arguments as [string]
    const write = createWriter(input, conferenceColumns)
    return runMutation(input, EndConferenceDocument, { conferenceId }, ({ conference }) => conference, write)
  },
}
