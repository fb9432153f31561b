import type { ConferenceChanges, NewConference } from '../vendor-inputs.ts'
import type { ConferenceMode } from '../vendor-objects.ts'
import { validateDescription, validateTitle } from '../kit/input-texts.ts'
import { omitUnset } from '../kit/omit-unset.ts'
import { createInputProblem, rejectReservedOptions, createUnsupportedInputProblem } from '../kit/problems.ts'
import { getChosenId } from './conference-id.ts'
import { inputByField } from './fields.ts'
import { readInvitations } from './new-invitations.ts'
import { roomSchedule, toScheduleBody } from './schedule.ts'

/** TrueConf's limit, in characters. */
const maxTitleLength = 240

/** Fields for each mode. Type 3 is role-based; with `vad_selector`, TrueConf selects the speakers automatically. */
export const modes: Readonly<Record<ConferenceMode, { type: number; vad_selector?: number }>> = {
  ALL_ON_SCREEN: { type: 0 },
  VIDEO_LECTURE: { type: 1 },
  MODERATED: { type: 3, vad_selector: 0 },
  SMART_MEETING: { type: 3, vad_selector: 1 },
}

type ConferenceInput = { [Name in keyof ConferenceChanges]?: NewConference[Name] | undefined }

/**
 * Converts an input to the body of `POST /conferences`, without owner, invitations, and ID.
 *
 * @throws `BAD_USER_INPUT`, `UNSUPPORTED_BY_VENDOR`
 */
export function toNewConferenceBody(input: NewConference): Record<string, unknown> {
  const { autoInvite, owner, passcode, vendorOptions } = input
  if (passcode !== null)
    throw createUnsupportedInputProblem(
      ['passcode'],
      '"input.passcode" is not supported by TrueConf: conferences have no passcode. Omit it, and set "input.allowGuests" to false instead.',
    )
  if (owner === null) throw createInputProblem(['owner'], 'is required: every TrueConf conference belongs to a user')
  rejectReservedOptions(vendorOptions, [['owner', ['owner']]])
  if (autoInvite !== null) rejectReservedOptions(vendorOptions, [['auto_invite', ['autoInvite']]])
  getChosenId(input)
  readInvitations(input)
  const { id: _, invitations: __, ...fields } = toConferenceBody(input)
  const callFields = autoInvite === null ? {} : { auto_invite: autoInvite ? 1 : 0 }
  return { ...modes.ALL_ON_SCREEN, schedule: roomSchedule, ...fields, ...callFields }
}

/** Converts changes to the body of `PUT /conferences/{conference_id}`. @throws `BAD_USER_INPUT`, `UNSUPPORTED_BY_VENDOR` */
export function toChangesBody(changes: ConferenceChanges): Record<string, unknown> {
  if (Object.hasOwn(changes.vendorOptions ?? {}, 'id'))
    throw createInputProblem(['vendorOptions', 'id'], 'cannot be changed. Omit it')
  return toConferenceBody(changes)
}

/** Converts the fields that are set. @throws `BAD_USER_INPUT`, `UNSUPPORTED_BY_VENDOR` */
function toConferenceBody(input: ConferenceInput): Record<string, unknown> {
  const { title, description, mode, schedule, maxParticipants, allowGuests, tags, vendorOptions } = input
  rejectReservedOptions(vendorOptions, inputByField)
  const texts = {
    topic: title === undefined ? null : validateTitle(title, maxTitleLength),
    description: description == null ? null : validateDescription(description),
  }
  if (typeof maxParticipants === 'number' && maxParticipants < 1)
    throw createInputProblem(['maxParticipants'], "must be 1 to the maximum of the server's license")
  const fields = {
    ...texts,
    ...(mode ? modes[mode] : {}),
    schedule: schedule && toScheduleBody(schedule),
    max_participants: maxParticipants,
    allow_guests: allowGuests,
    tags,
  }
  return { ...vendorOptions, ...omitUnset(fields) }
}
