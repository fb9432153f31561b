import { findMissingScopes, type MissingScopes, type RequiredScopes } from '../kit/scopes.ts'

/** Classic scopes, which apps created before 2024 have, by the first two parts of the granular scopes. */
const classicScopes: Readonly<Record<string, string>> = {
  'user:read': 'user:read:admin',
  'user:write': 'user:write:admin',
  'meeting:read': 'meeting:read:admin',
  'meeting:write': 'meeting:write:admin',
  'meeting:update': 'meeting:write:admin',
  'meeting:delete': 'meeting:write:admin',
  'dashboard:read': 'dashboard_meetings:read:admin',
  'report:read': 'report:read:admin',
  'team_chat:write': 'chat_message:write:admin',
  'cloud_recording:read': 'recording:read:admin',
  'cloud_recording:delete': 'recording:write:admin',
}

/** Returns the names of a scope: the granular one, and the classic one that includes it. */
function createScopeNames(granular: string): string[] {
  const classic = classicScopes[granular.split(':').slice(0, 2).join(':')]!
  return [`${granular}:admin`, classic]
}

const readMeeting = createScopeNames('meeting:read:meeting')
const readUser = createScopeNames('user:read:user')

const required: RequiredScopes = {
  LIST_USERS: [createScopeNames('user:read:list_users')],
  GET_USER: [readUser],
  LIST_CONFERENCES: [createScopeNames('user:read:list_users'), createScopeNames('meeting:read:list_meetings')],
  GET_CONFERENCE: [readMeeting],
  LIST_PARTICIPANTS: [
    readMeeting,
    createScopeNames('meeting:read:list_registrants'),
    createScopeNames('meeting:read:list_past_participants'),
    createScopeNames('dashboard:read:list_meeting_participants'),
  ],
  LIST_RECORDINGS: [
    createScopeNames('meeting:read:list_past_instances'),
    createScopeNames('cloud_recording:read:list_account_recordings'),
    createScopeNames('cloud_recording:read:list_user_recordings'),
    createScopeNames('cloud_recording:read:list_recording_files'),
  ],
  LIST_SESSIONS: [
    createScopeNames('report:read:list_history_meetings'),
    createScopeNames('meeting:read:list_past_instances'),
    createScopeNames('meeting:read:past_meeting'),
    createScopeNames('meeting:read:list_past_participants'),
  ],
  CREATE_CONFERENCE: [createScopeNames('meeting:write:meeting')],
  UPDATE_CONFERENCE: [createScopeNames('meeting:update:meeting'), readMeeting],
  DELETE_CONFERENCE: [createScopeNames('meeting:delete:meeting')],
  RUN_CONFERENCE: [readMeeting],
  END_CONFERENCE: [createScopeNames('meeting:update:status'), readMeeting],
  UPDATE_OCCURRENCE: [createScopeNames('meeting:update:meeting'), readMeeting],
  CANCEL_OCCURRENCE: [createScopeNames('meeting:delete:meeting'), readMeeting],
  INVITE_PARTICIPANT: [
    readMeeting,
    readUser,
    createScopeNames('meeting:write:invite_links'),
    createScopeNames('meeting:write:registrant'),
    createScopeNames('meeting:update:in_meeting_controls'),
  ],
  REMOVE_PARTICIPANT: [createScopeNames('meeting:delete:registrant')],
  DELETE_RECORDING: [createScopeNames('cloud_recording:delete:recording_file')],
  UPLOAD_CONFERENCE_FILE: [
    readMeeting,
    createScopeNames('team_chat:write:files'),
    createScopeNames('team_chat:write:user_message'),
  ],
  UPLOAD_AVATAR: [createScopeNames('user:write:profile_picture'), readUser],
  ISSUE_USER_TOKEN: [createScopeNames('user:read:token')],
}

/** Converts a scope of a user (no suffix) or of a master account to the scope of an administrator. */
const toAdminScope = (scope: string): string => scope.replace(/(?::admin|:master)?$/, ':admin')

/** Finds the capabilities for which a Server-to-Server OAuth token lacks scopes. */
export const findMissingZoomScopes = (granted: readonly string[]): MissingScopes[] =>
  findMissingScopes(required, granted.map(toAdminScope))
