import { findMissingScopes, type MissingScopes, type RequiredScopes } from '../kit/scopes.ts'

/** Returns the names of a permission. The name of a resource alone includes reading and writing. */
const createScopeNames = (resource: string, action: 'read' | 'write'): string[] => [`${resource}:${action}`, resource]

const readUsers = createScopeNames('users', 'read')
const readConferences = createScopeNames('conferences', 'read')
const writeConferences = createScopeNames('conferences', 'write')
const invitations = ['conferences.invitations']

const required: RequiredScopes = {
  LIST_USERS: [readUsers],
  GET_USER: [readUsers],
  LIST_CONFERENCES: [readConferences],
  GET_CONFERENCE: [readConferences],
  LIST_PARTICIPANTS: [readConferences, createScopeNames('conferences.participants', 'read'), invitations],
  LIST_SESSIONS: [['logs.calls:read'], ['logs.calls.participants:read']],
  LIST_RECORDINGS: [createScopeNames('conferences.records', 'read'), ['logs.calls:read']],
  CREATE_CONFERENCE: [writeConferences],
  UPDATE_CONFERENCE: [writeConferences, readConferences],
  DELETE_CONFERENCE: [writeConferences],
  RUN_CONFERENCE: [writeConferences, readConferences],
  END_CONFERENCE: [writeConferences, readConferences],
  INVITE_PARTICIPANT: [readConferences, createScopeNames('conferences.participants', 'write'), invitations],
  REMOVE_PARTICIPANT: [readConferences, createScopeNames('conferences.participants', 'read'), invitations],
  UPLOAD_AVATAR: [createScopeNames('users.avatar', 'write')],
}

/** Finds the capabilities for which an OAuth2 application lacks permissions. */
export const findMissingTrueConfScopes = (granted: readonly string[]): MissingScopes[] =>
  findMissingScopes(required, granted)
