import type { Command } from '../command.ts'
import { UsageError } from '../exit.ts'
import { participantStatuses } from '../enum-values.ts'
import { outputOptions } from '../output.ts'
import { listOptions, readExitCodes, serverEnvironment, serverOptions } from './shared.ts'

export const participantsList: Command = {
  name: 'participants list',
  summary: 'Print the participants of a conference',
  description: 'Prints a table to a terminal, and one JSON value per line to a file or pipe.',
  arguments: [],
  options: {
    conference: { value: 'ID', description: 'ID of the conference. Required' },
    status: {
      value: 'STATUS',
      values: participantStatuses,
      multiple: true,
      description: `Only this status: ${participantStatuses.join(', ')}. Repeat the option for several statuses`,
    },
    ...listOptions,
    ...outputOptions,
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: readExitCodes,
  examples: ['parley participants list --conference ID --all --csv'],
  run: async (input) => {
    const conferenceId = input.getOption('conference')
    if (conferenceId === undefined) throw new UsageError('"--conference" is required.')
    const { ParticipantsDocument } = await import('../../client/gql/graphql.ts')
    const { printList, readFilter } = await import('../list.ts')
    const filter = readFilter('status', input.getOptionValues('status'))
    return printList(input, {
      document: ParticipantsDocument,
      variables: { conferenceId, filter },
      path: ['conference', 'participants'],
      columns: ['id', 'displayName', 'email', 'role', 'status', 'joinUrl'],
    })
  },
}
