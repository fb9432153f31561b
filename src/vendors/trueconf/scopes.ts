import { findMissingScopes, type MissingScopes, type RequiredScopes } from '../kit/scopes.ts'

/** A resource's name alone is the permission to read and to write. */
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
  CREATE_CONFERENCE: [writeConferences],
  UPDATE_CONFERENCE: [writeConferences, readConferences],
  DELETE_CONFERENCE: [writeConferences],
  RUN_CONFERENCE: [writeConferences, readConferences],
  END_CONFERENCE: [writeConferences, readConferences],
  INVITE_PARTICIPANT: [readConferences, createScopeNames('conferences.participants', 'write'), invitations],
  REMOVE_PARTICIPANT: [readConferences, createScopeNames('conferences.participants', 'read'), invitations],
  UPLOAD_AVATAR: [createScopeNames('users.avatar', 'write')],
}

/** Compares the permissions of an application with the calls of each capability. */
export const findMissingTrueConfScopes = (granted: readonly string[]): MissingScopes[] =>
  findMissingScopes(required, granted)
