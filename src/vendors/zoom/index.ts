import type { VendorDefinition } from '../definition.ts'
import { createAttendanceResource } from './attendance.ts'
import { createAuthScheme } from './auth.ts'
import { createConferenceResource } from './conferences.ts'
import { type Config, config, fromEnvironment } from './config.ts'
import { errorParser } from './errors.ts'
import { createFileResource } from './files.ts'
import { findConference } from './find-conference.ts'
import { createInvitationResource } from './invitations.ts'
import { notes } from './notes.ts'
import { createOccurrenceResource } from './occurrences.ts'
import { createParticipantResource } from './participants.ts'
import { createPushedEvents } from './pushed-events.ts'
import { createRecordingFileResource } from './recording-file.ts'
import { createRecordingResource } from './recordings.ts'
import { findMissingZoomScopes } from './scopes.ts'
import { createSessionResource } from './sessions.ts'
import { createUserTokenResource } from './user-token.ts'
import { createUserResource } from './users.ts'

/** Zoom, REST API v2. */
export const zoom: VendorDefinition<Config> = {
  name: 'ZOOM',
  slug: 'zoom',
  label: 'Zoom',
  notes,
  config,
  fromEnvironment,
  findMissingScopes: findMissingZoomScopes,
  createVendor(settings, createClient) {
    const { apiUrl, fileUrl, credentials, webhookSecrets, eventSubscription } = settings
    const secret = 'apiSecret' in credentials ? credentials.apiSecret : credentials.clientSecret
    const client = createClient({
      apiUrl,
      tenant: 'apiKey' in credentials ? credentials.apiKey : credentials.accountId,
      origins: [fileUrl],
      authScheme: createAuthScheme(settings),
      errorParser,
      secrets: [secret, ...webhookSecrets, ...(eventSubscription === undefined ? [] : [eventSubscription])],
    })
    const sessions = createSessionResource(client)
    return {
      pushedEvents: createPushedEvents(settings),
      ...createUserResource(client),
      ...createConferenceResource(client),
      findConference: (ref, call) => findConference(client, apiUrl, ref, call),
      ...createOccurrenceResource(client),
      ...createParticipantResource(client),
      ...createRecordingResource(client),
      ...createRecordingFileResource(client, [apiUrl, fileUrl]),
      ...sessions,
      ...createAttendanceResource(client, sessions.getSession),
      ...createInvitationResource(client),
      ...createFileResource(client, fileUrl),
      ...createUserTokenResource(client),
    }
  },
}
