import type { RunConferenceMutation } from '../../client/gql/graphql.ts'
import type { Command } from '../command.ts'
import { conferenceColumns } from '../conference-columns.ts'
import { createWriter, outputOptions } from '../output.ts'
import { mutationExitCodes, mutationOptions, serverEnvironment, serverOptions } from './shared.ts'

export const conferenceRun: Command = {
  name: 'conference run',
  summary: 'Start a conference',
  description:
    'Starts a conference and prints it. Zoom cannot start meetings through its API: the output has a startUrl, which the host must open. The URL is a credential. Not supported by iMeet Central.',
  arguments: [{ usage: 'ID', description: 'ID of the conference' }],
  options: { ...mutationOptions, ...outputOptions, ...serverOptions },
  environment: serverEnvironment,
  exitCodes: mutationExitCodes,
  examples: ['parley conference run ID'],
  run: async (input) => {
    const { runMutation } = await import('../mutate.ts')
    const { RunConferenceDocument } = await import('../../client/gql/graphql.ts')
    const [conferenceId] = input.arguments as [string]
    const write = createWriter(input, [...conferenceColumns, 'startUrl'])
    const select = ({ conference, startUrl }: RunConferenceMutation['runConference']) =>
      conference && { ...conference, startUrl }
    return runMutation(input, RunConferenceDocument, { conferenceId }, select, write)
  },
}
