import type { Command } from '../command.ts'
import { outputOptions } from '../output.ts'
import { readExitCodes, serverEnvironment, serverOptions, sessionOptions } from './shared.ts'

export const attendance: Command = {
  name: 'attendance',
  summary: 'Print who attended sessions',
  description: `Prints one row for each person in each session, with the time that the person was present. Includes the sessions with the given IDs, or all sessions that match the options. IDs, --from, or --conference are required. Prints a table to a terminal, and one JSON value per line to a file or pipe.

A vendor completes its report some minutes after a session. The command names the sessions whose report is not ready yet, and exits with 4.`,
  arguments: [{ usage: '[ID...]', description: 'IDs of sessions' }],
  options: { ...sessionOptions, ...outputOptions, ...serverOptions },
  environment: serverEnvironment,
  exitCodes: {
    ...readExitCodes,
    1: 'The request was rejected, or a session or an account could not be read',
    4: 'The server or a vendor is unavailable, or a report is not ready yet. Run the command again later',
  },
  examples: [
    'parley attendance --from 2026-11-23T00:00:00Z --before 2026-11-30T00:00:00Z --csv > week.csv',
    'parley attendance --conference ID --csv',
  ],
  run: async (input) => (await import('../attendance.ts')).runAttendanceCommand(input),
}
