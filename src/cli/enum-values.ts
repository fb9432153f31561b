import type { ConferenceState, ParticipantStatus, RecordingKind, UserStatus } from '../client/gql/graphql.ts'

/** Lists the values of an enum. The type checker reports values that are missing or unknown. */
const listValues = <Value extends string>(values: Record<Value, null>): readonly string[] => Object.keys(values)

export const userStatuses = listValues<UserStatus>({ ACTIVE: null, INACTIVE: null, PENDING: null, UNKNOWN: null })

export const participantStatuses = listValues<ParticipantStatus>({
  INVITED: null,
  REGISTERED: null,
  WAITING: null,
  JOINED: null,
  LEFT: null,
  UNKNOWN: null,
})

export const conferenceStates = listValues<ConferenceState>({
  SCHEDULED: null,
  RUNNING: null,
  ENDED: null,
  IDLE: null,
  UNKNOWN: null,
})

export const recordingKinds = listValues<RecordingKind>({
  VIDEO: null,
  AUDIO: null,
  TRANSCRIPT: null,
  CAPTIONS: null,
  CHAT: null,
  OTHER: null,
})
