import type { Command } from '../command.ts'
import { conferenceColumns } from '../conference-columns.ts'
import { createWriter, outputOptions } from '../output.ts'
import { mutationExitCodes, mutationOptions, serverEnvironment, serverOptions } from './shared.ts'

export const conferenceCreate: Command = {
  name: 'conference create',
  summary: 'Create a meeting, room, or workspace',
  description: `Creates a conference and prints it. Without --starts-at, the conference has no fixed time. With --recurrence, the conference is a series. Zoom and TrueConf require --owner.

For other inputs, use "parley query" with the mutation createConference.`,
  arguments: [],
  options: {
    account: { value: 'KEY', description: 'Key of the account. Required' },
    title: { value: 'TEXT', description: 'Display title. Required' },
    owner: { value: 'USER', description: 'ID or email address of the owner' },
    'starts-at': { value: 'TIME', description: 'Start in RFC 3339 format, such as 2026-12-01T10:00:00Z' },
    duration: { value: 'MINUTES', description: 'With --starts-at: duration in minutes.', default: '60' },
    'time-zone': { value: 'ZONE', description: 'Time zone of the meeting, such as Europe/Berlin' },
    recurrence: {
      value: 'RULE',
      description: 'RRULE of RFC 5545, such as "FREQ=WEEKLY;BYDAY=MO". Requires --starts-at and --time-zone',
    },
    description: { value: 'TEXT', description: 'Description of the conference' },
    passcode: {
      value: 'TEXT',
      description: 'Passcode. Prefer --passcode-file: other users of this machine can see command-line arguments',
    },
    'passcode-file': { value: 'FILE', description: 'File with the passcode. "-" reads standard input' },
    'vendor-options': { value: 'JSON', description: 'JSON object with settings of the vendor, sent unchanged' },
    invite: {
      value: 'USER',
      multiple: true,
      description: 'ID or email address of an invitee. Repeat the option for several invitees',
    },
    ...mutationOptions,
    ...outputOptions,
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: mutationExitCodes,
  examples: [
    'parley conference create --account imeetcentral --title Planning',
    'parley conference create --account zoom --title Planning --owner ada@example.com \\\n  --starts-at 2026-12-01T10:00:00Z --duration 30 --idempotency-key planning-1',
    'parley conference create --account zoom --title Standup --owner ada@example.com \\\n  --starts-at 2026-12-01T09:00:00Z --time-zone Europe/Berlin --recurrence "FREQ=WEEKLY;BYDAY=MO,TH" \\\n  --vendor-options \'{"settings":{"waiting_room":true}}\'',
  ],
  run: async (input) => {
    const { runMutation } = await import('../mutate.ts')
    const { CreateConferenceDocument } = await import('../../client/gql/graphql.ts')
    const { readConferenceInput: readConference } = await import('../read-conference.ts')
    const write = createWriter(input, conferenceColumns)
    return runMutation(input, CreateConferenceDocument, readConference(input), ({ conference }) => conference, write)
  },
}
