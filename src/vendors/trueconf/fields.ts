import type { FieldMap } from '../kit/problems.ts'

/** Inputs by the field of a conference that they set, for creates and updates. Such a field cannot be a vendor option. */
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

/** Inputs that only creates have, by the field of a conference that they set. */
export const inputByNewField: FieldMap = new Map([
  ['owner', ['owner']],
  ['auto_invite', ['autoInvite']],
  ['invitations', ['invite']],
])

/** Vendor options that set these fields in an update, by the input of a create. */
export const optionByInput: FieldMap = new Map([...inputByNewField].map(([field, [input]]) => [input!, [field]]))
