import type { CreateConferenceInput, UserRef } from '../client/gql/graphql.ts'
import type { CommandLine } from './command.ts'
import { UsageError } from './exit.ts'
import { readText } from './read-text.ts'

/** Reads the options of `parley conference create`. @throws UsageError if one is missing or invalid. */
export function readConferenceInput(input: CommandLine): CreateConferenceInput {
  const [account, title, owner] = [input.getOption('account'), input.getOption('title'), input.getOption('owner')]
  if (account === undefined) throw new UsageError('"--account" is required.')
  if (title === undefined) throw new UsageError('"--title" is required.')
  const [description, invite] = [input.getOption('description'), input.getOptionValues('invite')]
  const [schedule, passcode, vendorOptions] = [readSchedule(input), readPasscode(input), readVendorOptions(input)]
  return {
    account,
    title,
    ...(schedule && { schedule }),
    ...(owner !== undefined && { owner: toUserRef(owner) }),
    ...(description !== undefined && { description }),
    ...(passcode !== null && { passcode }),
    ...(vendorOptions && { vendorOptions }),
    ...(invite.length > 0 && { invite: invite.map(toUserRef) }),
  }
}

const timeOptions = ['duration', 'time-zone', 'recurrence']

function readSchedule(input: CommandLine): NonNullable<CreateConferenceInput['schedule']> | null {
  const [startsAt, timeZone, rrule] = ['starts-at', 'time-zone', 'recurrence'].map((name) => input.getOption(name))
  if (startsAt === undefined) {
    for (const option of timeOptions)
      if (input.getOption(option) !== undefined) throw new UsageError(`"--${option}" requires "--starts-at".`)
    return null
  }
  const duration = input.getOption('duration') ?? '60'
  if (!/^[1-9]\d{0,8}$/.test(duration))
    throw new UsageError('"--duration" must be a number of minutes, from 1 to 999,999,999.')
  const times = { startsAt, durationMinutes: Number(duration) }
  if (rrule === undefined) return { oneTime: { ...times, ...(timeZone !== undefined && { timeZone }) } }
  if (timeZone === undefined) throw new UsageError('"--recurrence" requires "--time-zone".')
  return { recurring: { ...times, timeZone, rrule } }
}

function readPasscode(input: CommandLine): string | null {
  const [text, file] = [input.getOption('passcode'), input.getOption('passcode-file')]
  if (text !== undefined && file !== undefined)
    throw new UsageError('"--passcode" cannot be combined with "--passcode-file".')
  return text ?? (file === undefined ? null : readText(file).replace(/\r?\n$/, ''))
}

function readVendorOptions(input: CommandLine): Record<string, unknown> | null {
  const json = input.getOption('vendor-options')
  if (json === undefined) return null
  const value = parseJson(json)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new UsageError('"--vendor-options" must be a JSON object.')
}

/** Returns undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const toUserRef = (user: string): UserRef => (user.includes('@') ? { email: user } : { id: user })
