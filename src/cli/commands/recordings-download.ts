import type { Command } from '../command.ts'
import { outputOptions } from '../output.ts'
import { readExitCodes, recordingOptions, serverEnvironment, serverOptions } from './shared.ts'

export const recordingsDownload: Command = {
  name: 'recordings download',
  summary: 'Save recordings to a folder',
  description: `Saves the recordings with the given IDs, or all recordings that match the options. IDs, --from, or --conference are required. Requires the scope "recordings". Prints one row for each file.

A file gets its name when it is complete, and a file that the folder has is not downloaded again. To continue after an interruption, run the command again. If a connection breaks, the command continues the file.`,
  arguments: [{ usage: '[ID...]', description: 'IDs of recordings, as "parley recordings list" prints them' }],
  options: {
    folder: { value: 'FOLDER', description: 'Folder for the files.', default: 'the working directory' },
    ...recordingOptions,
    ...outputOptions,
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: {
    ...readExitCodes,
    1: 'The request was rejected, or a recording or an account could not be read',
    2: 'The command line or the URL is invalid, or a file cannot be written',
    4: 'The server or a vendor is unavailable, or a recording is not ready yet. Run the command again later',
  },
  examples: [
    'parley recordings download --from 2026-11-01T00:00:00Z --before 2026-12-01T00:00:00Z --folder november',
    'parley recordings download ID --folder minutes',
  ],
  run: async (input) => (await import('../recordings-download.ts')).runDownloadCommand(input),
}
