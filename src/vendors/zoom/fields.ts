type FieldMap = ReadonlyMap<string, readonly string[]>

/** Input fields by the field of a meeting that they set. Such a field cannot be an option. */
export const inputByField: FieldMap = new Map([
  ['topic', ['title']],
  ['agenda', ['description']],
  ['password', ['passcode']],
  ['type', ['schedule']],
  ['start_time', ['schedule']],
  ['duration', ['schedule']],
  ['timezone', ['schedule']],
  ['recurrence', ['schedule', 'recurring', 'rrule']],
  ['schedule_for', ['owner']],
])

/** The same for fields of a meeting's `settings`. */
export const inputBySetting: FieldMap = new Map([
  ['meeting_authentication', ['allowGuests']],
  ['meeting_invitees', ['invite']],
])
