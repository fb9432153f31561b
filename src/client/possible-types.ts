/** Object types of each interface and union of the schema, for caches such as `InMemoryCache` of Apollo Client. */
export const possibleTypes: Record<string, string[]> = {
  MutationPayload: [
    'CancelOccurrencePayload',
    'CreateConferencePayload',
    'DeleteConferencePayload',
    'DeleteRecordingPayload',
    'EndConferencePayload',
    'InviteParticipantPayload',
    'IssueUserTokenPayload',
    'RemoveParticipantPayload',
    'RunConferencePayload',
    'UpdateConferencePayload',
    'UpdateOccurrencePayload',
    'UploadFilePayload',
  ],
  Node: [
    'Account',
    'Conference',
    'Occurrence',
    'Operation',
    'Participant',
    'Recording',
    'Session',
    'UploadedFile',
    'User',
  ],
  Schedule: ['OneTimeSchedule', 'PermanentSchedule', 'RecurringSchedule'],
}
