import type { ConferenceChanges, ConferenceMode, NewConference } from '../vendor.ts'
import { badInput, rejectReserved, unsupported } from '../kit/problems.ts'
import { getChosenId } from './conference-id.ts'
import { inputByField } from './fields.ts'
import { readInvitations } from './invitations.ts'
import { room, scheduleBody } from './schedule.ts'

const longestTitle = 240

/** Of the role-based conferences (3), the one that picks its speakers itself has a `vad_selector`. */
export const modes: Readonly<Record<ConferenceMode, { type: number; vad_selector?: number }>> = {
  ALL_ON_SCREEN: { type: 0 },
  VIDEO_LECTURE: { type: 1 },
  MODERATED: { type: 3, vad_selector: 0 },
  SMART_MEETING: { type: 3, vad_selector: 1 },
}

type Input = { [Name in keyof ConferenceChanges]?: NewConference[Name] | undefined }

/** A new conference in the vendor's words, without owner, invitations, and ID. Throws BAD_USER_INPUT, UNSUPPORTED_BY_VENDOR. */
export function newConferenceBody(input: NewConference): Record<string, unknown> {
  const { autoInvite, owner, passcode, vendorOptions } = input
  if (passcode !== null)
    throw unsupported(['passcode'], 'TrueConf has no place for a passcode; close the conference to guests instead.')
  if (owner === null) throw badInput(['owner'], 'is needed: on TrueConf every conference belongs to one of its users')
  rejectReserved(vendorOptions, [['owner', ['owner']]])
  if (autoInvite !== null) rejectReserved(vendorOptions, [['auto_invite', ['autoInvite']]])
  getChosenId(input)
  readInvitations(input)
  const { id: _, invitations: __, ...fields } = conferenceBody(input)
  const calls = autoInvite === null ? {} : { auto_invite: autoInvite ? 1 : 0 }
  return { ...modes.ALL_ON_SCREEN, schedule: room, ...fields, ...calls }
}

/** Changes of a conference in the vendor's words. Throws BAD_USER_INPUT, UNSUPPORTED_BY_VENDOR. */
export function changesBody(changes: ConferenceChanges): Record<string, unknown> {
  if (Object.hasOwn(changes.vendorOptions ?? {}, 'id'))
    throw badInput(['vendorOptions', 'id'], 'cannot be changed. Leave it out')
  return conferenceBody(changes)
}

/** What is given of an input, in the vendor's words. Throws BAD_USER_INPUT, UNSUPPORTED_BY_VENDOR. */
function conferenceBody(input: Input): Record<string, unknown> {
  const { title, description, mode, schedule, maxParticipants, allowGuests, tags, vendorOptions } = input
  rejectReserved(vendorOptions, inputByField)
  checkTexts(title, description)
  if (typeof maxParticipants === 'number' && maxParticipants < 1)
    throw badInput(['maxParticipants'], "must be 1 to what the server's licence allows")
  const fields = {
    topic: title,
    description,
    ...(mode ? modes[mode] : {}),
    schedule: schedule && scheduleBody(schedule),
    max_participants: maxParticipants,
    allow_guests: allowGuests,
    tags,
  }
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return { ...vendorOptions, ...Object.fromEntries(given) }
}

function checkTexts(title: string | undefined, description: string | null | undefined): void {
  if (title !== undefined && (title.trim() === '' || [...title].length > longestTitle || /\p{Cc}/u.test(title)))
    throw badInput(['title'], `must have 1 to ${longestTitle} characters, not all spaces, no control characters`)
  if (/[^\P{Cc}\r\n\t]/u.test(description ?? '')) throw badInput(['description'], 'must not hold control characters')
}
