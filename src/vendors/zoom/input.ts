import type { ConferenceChanges, NewConference } from '../vendor.ts'
import { validateDescription, validateTitle } from '../kit/input-texts.ts'
import { omitUnset } from '../kit/omit-unset.ts'
import { createInputProblem, rejectUnsupportedInputs, rejectReservedOptions } from '../kit/problems.ts'
import { createInputs, updateInputs, type InputMap } from './fields.ts'
import { toScheduleBody } from './schedule.ts'

type JsonObject = Record<string, unknown>

/** What is sent of a meeting, in Zoom's words. */
export interface MeetingBody extends JsonObject {
  settings?: JsonObject
}

type ConferenceInput = { [Name in keyof ConferenceChanges]?: NewConference[Name] | undefined } & Partial<
  Pick<NewConference, 'passcode' | 'autoInvite' | 'invite'>
>

/** What is changed of a meeting; else like `meetingBody`. */
export const toMeetingChanges = (changes: ConferenceChanges): MeetingBody => toMeetingBody(changes, updateInputs)

/**
 * What is given of an input, over the vendor's own options; `settings.meeting_invitees` is left empty for whoever is
 * invited. Throws BAD_USER_INPUT, UNSUPPORTED_BY_VENDOR.
 */
export function toMeetingBody(input: ConferenceInput, reserved: InputMap = createInputs): MeetingBody {
  const { title, description, schedule, allowGuests, passcode, invite, vendorOptions } = input
  rejectUnsupportedInputs('Zoom', { mode: input.mode }, 'Every Zoom meeting shows all who are in it')
  rejectUnsupportedInputs(
    'Zoom',
    { maxParticipants: input.maxParticipants },
    "The host's licence sets how many may join",
  )
  rejectUnsupportedInputs(
    'Zoom',
    { autoInvite: input.autoInvite },
    'Zoom rings nobody when a meeting starts; invite people to a running meeting',
  )
  rejectUnsupportedInputs('Zoom', { tags: input.tags }, 'The nearest thing is tracking_fields in vendorOptions')
  const fields = omitUnset({
    topic: title === undefined ? null : validateTitle(title, maxTitleLength),
    agenda: description == null ? null : validateDescription(description, maxDescriptionLength),
    ...(schedule ? toScheduleBody(schedule) : {}),
    password: passcode == null ? null : validatePasscode(passcode),
  })
  const settings = omitUnset({
    // Whoever is not signed in is a guest.
    meeting_authentication: allowGuests == null ? null : !allowGuests,
    meeting_invitees: invite && invite.length > 0 ? [] : null,
  })
  rejectReservedOptions(vendorOptions, reserved.fields)
  const { settings: own = {}, ...others } = vendorOptions ?? {}
  if (!isJsonObject(own)) throw createInputProblem(['vendorOptions', 'settings'], 'must be an object')
  rejectReservedOptions(own, reserved.settings, ['vendorOptions', 'settings'])
  const merged = { ...own, ...settings }
  return { ...others, ...fields, ...(Object.keys(merged).length > 0 ? { settings: merged } : {}) }
}

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Zoom's limits, in characters. */
const [maxTitleLength, maxDescriptionLength] = [200, 2000]

function validatePasscode(passcode: string): string {
  if (/^[\w@*-]{1,10}$/.test(passcode)) return passcode
  throw createInputProblem(['passcode'], 'must have 1 to 10 characters of a-z, A-Z, 0-9 and @ - _ *')
}
