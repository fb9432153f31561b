import type { ConferenceChanges, ConferenceMode, NewConference } from '../vendor.ts'
import { badInput, rejectReserved } from '../problems.ts'
import { scheduleBody } from './schedule.ts'

const longestTitle = 240

/** Of the role-based conferences (3), the one that picks its speakers itself has a `vad_selector`. */
export const modes: Readonly<Record<ConferenceMode, { type: number; vad_selector?: number }>> = {
  ALL_ON_SCREEN: { type: 0 },
  VIDEO_LECTURE: { type: 1 },
  MODERATED: { type: 3, vad_selector: 0 },
  SMART_MEETING: { type: 3, vad_selector: 1 },
}

/** Fields that other inputs set, and so cannot be options. */
const reservedOptions = [
  'id',
  'topic',
  'description',
  'owner',
  'type',
  'vad_selector',
  'schedule',
  'invitations',
  'max_participants',
  'allow_guests',
  'auto_invite',
  'tags',
]

type Input = { [Name in keyof ConferenceChanges]?: NewConference[Name] | undefined }

/** What is given of an input, in the vendor's words. Throws BAD_USER_INPUT, UNSUPPORTED_BY_VENDOR. */
export function conferenceBody(input: Input): Record<string, unknown> {
  const { title, description, mode, schedule, maxParticipants, allowGuests, tags, vendorOptions } = input
  rejectReserved(vendorOptions, reservedOptions)
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
