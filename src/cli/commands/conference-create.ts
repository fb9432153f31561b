import type { CreateConferenceInput, UserRef } from '../../client/gql/graphql.ts'
import type { Command, Input } from '../command.ts'
import { conferenceColumns } from '../conference-columns.ts'
import { UsageError } from '../exit.ts'
import { mutationOptions, runMutation } from '../mutate.ts'
import { createWriter, outputOptions } from '../output.ts'
import { mutationExitCodes, serverEnvironment, serverOptions } from './shared.ts'

export const conferenceCreate: Command = {
  name: 'conference create',
  summary: 'Create a meeting, room, or workspace',
  description: `Creates a conference and prints it. Without --starts-at, the conference is permanent. Zoom and TrueConf require --owner.

For other inputs, use "parley query" with the mutation createConference.`,
  arguments: [],
  options: {
    account: { value: 'KEY', description: 'Key of the account. Required' },
    title: { value: 'TEXT', description: 'Title. Required' },
    owner: { value: 'USER', description: 'ID or email address of the owner' },
    'starts-at': { value: 'TIME', description: 'Start in RFC 3339 format, such as 2026-12-01T10:00:00Z' },
    duration: { value: 'MINUTES', description: 'Duration, with --starts-at.', default: '60' },
    'time-zone': { value: 'ZONE', description: 'Time zone of the meeting, such as Europe/Berlin' },
    description: { value: 'TEXT', description: 'Description' },
    invite: { value: 'USER', multiple: true, description: 'ID or email address of an invitee. Repeat for several' },
    ...mutationOptions,
    ...outputOptions,
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: mutationExitCodes,
  examples: [
    'parley conference create --account imeetcentral --title Planning',
    'parley conference create --account zoom --title Planning --owner ada@example.com \\\n  --starts-at 2026-12-01T10:00:00Z --duration 30 --idempotency-key planning-1',
  ],
  run: async (input) => {
    const { CreateConferenceDocument } = await import('../../client/gql/graphql.ts')
    const write = createWriter(input, conferenceColumns)
    return runMutation(input, CreateConferenceDocument, readConference(input), ({ conference }) => conference, write)
  },
}

function readConference(input: Input): CreateConferenceInput {
  const [account, title, owner] = [input.getText('account'), input.getText('title'), input.getText('owner')]
  if (account === undefined) throw new UsageError('"--account" is required.')
  if (title === undefined) throw new UsageError('"--title" is required.')
  const [description, invite] = [input.getText('description'), input.getList('invite')]
  const schedule = readSchedule(input)
  return {
    account,
    title,
    ...(schedule && { schedule }),
    ...(owner !== undefined && { owner: toUserRef(owner) }),
    ...(description !== undefined && { description }),
    ...(invite.length > 0 && { invite: invite.map(toUserRef) }),
  }
}

function readSchedule(input: Input): NonNullable<CreateConferenceInput['schedule']> | null {
  const [startsAt, timeZone] = [input.getText('starts-at'), input.getText('time-zone')]
  if (startsAt === undefined) {
    for (const option of ['duration', 'time-zone'])
      if (input.getText(option) !== undefined) throw new UsageError(`"--${option}" requires "--starts-at".`)
    return null
  }
  const duration = input.getText('duration') ?? '60'
  if (!/^[1-9]\d{0,8}$/.test(duration)) throw new UsageError('"--duration" must be a number of minutes from 1.')
  return { oneTime: { startsAt, durationMinutes: Number(duration), ...(timeZone !== undefined && { timeZone }) } }
}

const toUserRef = (user: string): UserRef => (user.includes('@') ? { email: user } : { id: user })
