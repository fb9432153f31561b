import type { VendorNotes } from '../kit/notes.ts'

/** Differences of TrueConf Server from the schema's descriptions. */
export const notes: VendorNotes = {
  unsupported: ['CreateConferenceInput.passcode'],
  unreported: [
    'ConferenceEventType.RECORDING_READY',
    'User.department',
    'User.timeZone',
    'User.createdAt',
    'User.lastSeenAt',
    'Participant.leftAt',
    'Participant.joinUrl',
  ],
  notes: {
    'Mutation.cancelOccurrence': 'not supported, because it keeps no exceptions to a weekly schedule.',
    'Mutation.updateOccurrence': 'not supported, because it keeps no exceptions to a weekly schedule.',
    'ConferenceKind.ROOM': 'a virtual room.',
    'Conference.participants': 'invitees and current participants.',
    'Conference.sessions': 'includes running sessions.',
    'CreateConferenceInput.maxParticipants': "1 to the maximum of the server's license.",
    'CreateConferenceInput.owner': 'required.',
    'CreateConferenceInput.schedule': 'creates a virtual room if omitted.',
    'InviteeInput.displayName': 'not supported while the conference is running.',
    'InviteeInput.role': '`ATTENDEE` only.',
    'Mutation.inviteParticipant': 'calls the invitee if the conference is running.',
    'Mutation.removeParticipant': 'invitations only.',
    'Mutation.runConference': 'starts the conference.',
    'OneTimeSchedule.timeZone': 'a fixed UTC offset, such as `Etc/GMT-3`; null if the offset is not in whole hours.',
    'OneTimeScheduleInput.startsAt': 'before 2038-01-19.',
    'OneTimeScheduleInput.durationMinutes': 'at most 1,439.',
    PermanentSchedule: 'a virtual room.',
    'RecurringSchedule.timeZone': 'a fixed UTC offset, such as `Etc/GMT-3`; null if the offset is not in whole hours.',
    'RecurringScheduleInput.startsAt': 'before 2038-01-19.',
    'RecurringScheduleInput.durationMinutes': 'at most 1,439.',
    'RecurringScheduleInput.rrule': 'daily or on days of the week, and without an end.',
    'RecurringScheduleInput.timeZone':
      'keeps the UTC offset of the first start, so that the local time changes with daylight saving time.',
    'UpdateConferenceInput.maxParticipants': "1 to the maximum of the server's license.",
    'UserRef.email': 'only users of this server.',
    'UserRef.vendorId': 'the login, such as `helen`, or the ID of a user on another server.',
  },
}
