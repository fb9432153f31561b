import type { VendorNotes } from '../kit/notes.ts'

/** How TrueConf Server differs from the schema's descriptions. */
export const notes: VendorNotes = {
  unsupported: ['CreateConferenceInput.passcode'],
  unreported: [
    'User.department',
    'User.timeZone',
    'User.createdAt',
    'User.lastSeenAt',
    'Participant.leftAt',
    'Participant.joinUrl',
  ],
  notes: {
    'ConferenceKind.ROOM': 'a virtual room.',
    'Conference.participants': 'invitees and live participants.',
    'CreateConferenceInput.maxParticipants': 'the license sets the maximum.',
    'InviteeInput.displayName': 'not supported while the conference is running.',
    'InviteeInput.role': 'ATTENDEE only.',
    'Mutation.inviteParticipant': 'calls the invitee if the conference is running.',
    'Mutation.removeParticipant': 'invitations only.',
    'Mutation.runConference': 'starts the conference.',
    'OneTimeSchedule.timeZone': 'a fixed offset, null if it is not of whole hours.',
    'OneTimeScheduleInput.durationMinutes': 'at most 1,439.',
    PermanentSchedule: 'a virtual room.',
    'RecurringSchedule.timeZone': 'a fixed offset, null if it is not of whole hours.',
    'RecurringScheduleInput.durationMinutes': 'at most 1,439.',
    'RecurringScheduleInput.rrule': 'daily, or on days of the week, without an end.',
    'UpdateConferenceInput.maxParticipants': 'the license sets the maximum.',
    'UserRef.email': 'of users of the server only.',
    'UserRef.vendorId': 'the login, such as `helen`. Users of other servers are accepted.',
  },
}
