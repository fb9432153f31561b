import type { FieldMap } from '../kit/problems.ts'

/** Input fields by the field of a conference that they set, in updates too. Such a field cannot be an option. */
export const inputByField: FieldMap = new Map([
  ['topic', ['title']],
  ['description', ['description']],
  ['type', ['mode']],
  ['vad_selector', ['mode']],
  ['schedule', ['schedule']],
  ['max_participants', ['maxParticipants']],
  ['allow_guests', ['allowGuests']],
  ['tags', ['tags']],
])

/** The same for fields of a new conference that an update has no input for. */
export const inputByNewField: FieldMap = new Map([
  ['owner', ['owner']],
  ['auto_invite', ['autoInvite']],
  ['invitations', ['invite']],
])

/** The options that set these fields in an update, by the input that a create has. */
export const optionByInput: FieldMap = new Map([...inputByNewField].map(([field, [input]]) => [input!, [field]]))
