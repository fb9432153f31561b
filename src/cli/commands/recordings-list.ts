import type { Command } from '../command.ts'
import { outputOptions } from '../output.ts'
import { listOptions, readExitCodes, recordingOptions, serverEnvironment, serverOptions } from './shared.ts'

export const recordingsList: Command = {
  name: 'recordings list',
  summary: 'Print the recordings of accounts or of a conference',
  description:
    'Prints the recorded files of the sessions that began in a period, newest session first. Either --from or --conference is required. Prints a table to a terminal, and one JSON value per line to a file or pipe.',
  arguments: [],
  options: { ...recordingOptions, ...listOptions, ...outputOptions, ...serverOptions },
  environment: serverEnvironment,
  exitCodes: readExitCodes,
  examples: [
    'parley recordings list --from 2026-11-01T00:00:00Z --all',
    'parley recordings list --from 2026-11-01T00:00:00Z --kind video --all --csv',
  ],
  run: async (input) => {
    const { readRecordingList } = await import('../recording-list.ts')
    const { printList } = await import('../list.ts')
    const columns = ['id', 'account.key', 'startedAt', 'title', 'kind', 'state', 'name', 'size']
    return printList(input, { ...readRecordingList(input), columns })
  },
}
