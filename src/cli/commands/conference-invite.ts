import type { Command } from '../command.ts'
import { outputOptions } from '../output.ts'
import { mutationExitCodes, serverEnvironment, serverOptions } from './shared.ts'

export const conferenceInvite: Command = {
  name: 'conference invite',
  summary: 'Invite users or the rows of a CSV file to a conference',
  description: `Sends one invitation after the other, and prints the outcome of each and a summary. Either --file or --user is required. The CSV file has a header with the column email or id, and optionally name and role. The output of "parley users list --csv" has these columns.

Each row has its own idempotency key, derived from the row, the conference, and the run key. For 24 hours, a repeated run returns the stored outcomes and invites nobody twice. To send a rejected row again, change the row or --run-key.`,
  arguments: [{ usage: 'ID', description: 'ID of the conference' }],
  options: {
    file: { value: 'FILE', description: 'CSV file. "-" reads standard input' },
    user: {
      value: 'USER',
      multiple: true,
      description: 'ID or email address of an invitee. Repeat the option for several invitees',
    },
    role: { value: 'ROLE', description: 'With --user: role of the invitees, such as MODERATOR' },
    'run-key': { value: 'KEY', description: 'Any text. Runs with different run keys have different idempotency keys' },
    ...outputOptions,
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: {
    ...mutationExitCodes,
    1: 'An invitation was rejected',
    3: 'The outcome of an invitation is unknown, also after Ctrl-C. Run the command again',
    130: 'Interrupted with Ctrl-C between two invitations',
  },
  examples: [
    'parley conference invite ID --user ada@example.com',
    'parley conference invite ID --file team.csv --csv > outcomes.csv',
  ],
  run: async (input) => (await import('../invite.ts')).runInviteCommand(input),
}
