import type { ConferenceChanges, NewConference } from '../vendor-inputs.ts'
import { validateDescription, validateTitle } from '../kit/input-texts.ts'
import { omitUnset } from '../kit/omit-unset.ts'
import { createInputProblem, rejectUnsupportedInputs, rejectReservedOptions } from '../kit/problems.ts'
import { createInputs, updateInputs, type InputMap } from './fields.ts'
import { toScheduleBody } from './schedule.ts'

type JsonObject = Record<string, unknown>

/** Body of a request that creates or updates a meeting. */
export interface MeetingBody extends JsonObject {
  settings?: JsonObject
}

type ConferenceInput = { [Name in keyof ConferenceChanges]?: NewConference[Name] | undefined } & Partial<
  Pick<NewConference, 'passcode' | 'autoInvite' | 'invite'>
>

/** Converts changes to the body of `PATCH /meetings/{meetingId}`. See `toMeetingBody`. */
export const toMeetingChanges = (changes: ConferenceChanges): MeetingBody => toMeetingBody(changes, updateInputs)

/**
 * Converts the inputs that are set to the body of `POST /users/{userId}/meetings`, with the vendor options.
 * `settings.meeting_invitees` is an empty list if users are invited; the caller fills it.
 *
 * @param reserved Fields that cannot be vendor options.
 * @throws `BAD_USER_INPUT`, `UNSUPPORTED_BY_VENDOR`
 */
export function toMeetingBody(input: ConferenceInput, reserved: InputMap = createInputs): MeetingBody {
  const { title, description, schedule, allowGuests, passcode, invite, vendorOptions } = input
  rejectUnsupportedInputs('Zoom', { mode: input.mode }, 'every meeting shows all participants')
  rejectUnsupportedInputs(
    'Zoom',
    { maxParticipants: input.maxParticipants },
    "the host's license sets the maximum number of participants",
  )
  rejectUnsupportedInputs(
    'Zoom',
    { autoInvite: input.autoInvite },
    'it does not call invitees when a meeting starts. Invite people to a running meeting',
  )
  rejectUnsupportedInputs('Zoom', { tags: input.tags }, 'use tracking_fields in vendorOptions instead')
  const fields = omitUnset({
    topic: title === undefined ? null : validateTitle(title, maxTitleLength),
    agenda: description == null ? null : validateDescription(description, maxDescriptionLength),
    ...(schedule ? toScheduleBody(schedule) : {}),
    password: passcode == null ? null : validatePasscode(passcode),
  })
  const settings = omitUnset({
    // Participants who are not signed in are guests.
    meeting_authentication: allowGuests == null ? null : !allowGuests,
    meeting_invitees: invite && invite.length > 0 ? [] : null,
  })
  rejectReservedOptions(vendorOptions, reserved.fields)
  const { settings: ownSettings = {}, ...others } = vendorOptions ?? {}
  if (!isJsonObject(ownSettings)) throw createInputProblem(['vendorOptions', 'settings'], 'must be an object')
  rejectReservedOptions(ownSettings, reserved.settings, ['vendorOptions', 'settings'])
  const merged = { ...ownSettings, ...settings }
  return { ...others, ...fields, ...(Object.keys(merged).length > 0 ? { settings: merged } : {}) }
}

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Zoom's limits, in characters. */
const maxTitleLength = 200
export const maxDescriptionLength = 2000

function validatePasscode(passcode: string): string {
  if (/^[\w@*-]{1,10}$/.test(passcode)) return passcode
  throw createInputProblem(['passcode'], 'must have 1 to 10 of the characters a-z, A-Z, 0-9, and @ - _ *')
}
