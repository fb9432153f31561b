import type { FieldMap } from '../kit/problems.ts'

/** Inputs of a mutation by the field of a meeting that they set. Such a field cannot be a vendor option. */
export interface InputMap {
  fields: FieldMap
  /** Inputs by the field of a meeting's `settings`. */
  settings: FieldMap
}

/** Inputs of `updateConference`. */
export const updateInputs: InputMap = {
  fields: new Map([
    ['topic', ['title']],
    ['agenda', ['description']],
    ['type', ['schedule']],
    ['start_time', ['schedule']],
    ['duration', ['schedule']],
    ['timezone', ['schedule']],
    ['recurrence', ['schedule', 'recurring', 'rrule']],
  ]),
  settings: new Map([['meeting_authentication', ['allowGuests']]]),
}

/** Inputs of `createConference`. */
export const createInputs: InputMap = {
  fields: new Map([...updateInputs.fields, ['password', ['passcode']], ['schedule_for', ['owner']]]),
  settings: new Map([...updateInputs.settings, ['meeting_invitees', ['invite']]]),
}

/** Vendor options of updates, by the input of creates that they replace. */
export const optionByInput: FieldMap = new Map([
  ['passcode', ['password']],
  ['owner', ['schedule_for']],
  ['invite', ['settings', 'meeting_invitees']],
])
