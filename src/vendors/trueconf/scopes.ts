import { findMissingScopes, type MissingScopes, type RequiredScopes } from '../kit/scopes.ts'

/** A resource's name alone is the permission to read and to write. */
const either = (resource: string, action: 'read' | 'write'): string[] => [`${resource}:${action}`, resource]

const readUsers = either('users', 'read')
const readConferences = either('conferences', 'read')
const writeConferences = either('conferences', 'write')
const invitations = ['conferences.invitations']

const required: RequiredScopes = {
  LIST_USERS: [readUsers],
  GET_USER: [readUsers],
  LIST_CONFERENCES: [readConferences],
  GET_CONFERENCE: [readConferences],
  LIST_PARTICIPANTS: [readConferences, either('conferences.participants', 'read'), invitations],
  CREATE_CONFERENCE: [writeConferences],
  UPDATE_CONFERENCE: [writeConferences, readConferences],
  DELETE_CONFERENCE: [writeConferences],
  RUN_CONFERENCE: [writeConferences, readConferences],
  END_CONFERENCE: [writeConferences, readConferences],
  INVITE_PARTICIPANT: [readConferences, either('conferences.participants', 'write'), invitations],
  REMOVE_PARTICIPANT: [readConferences, either('conferences.participants', 'read'), invitations],
  UPLOAD_AVATAR: [either('users.avatar', 'write')],
}

/** Compares the permissions of an application with the calls of each capability. */
export const findMissingTrueConfScopes = (granted: readonly string[]): MissingScopes[] =>
  findMissingScopes(required, granted)
