import type { VendorDefinition } from '../definition.ts'
import { createAttendanceResource } from './attendance.ts'
import { createAuthScheme } from './auth.ts'
import { createConferenceResource } from './conferences.ts'
import { type Config, config, fromEnvironment } from './config.ts'
import { createConference } from './create-conference.ts'
import { errorParser } from './errors.ts'
import { createFileResource } from './files.ts'
import { findConference } from './find-conference.ts'
import { findCreated } from './find-created.ts'
import { JoinHosts } from './join-hosts.ts'
import type { IdLicense } from './conference-id.ts'
import { createInvitationResource } from './invitations.ts'
import { notes } from './notes.ts'
import { createOccurrenceResource } from './occurrences.ts'
import { createParticipantResource } from './participants.ts'
import { createPolledEvents } from './polled-events.ts'
import { createRecordingResource } from './recordings.ts'
import { findMissingTrueConfScopes } from './scopes.ts'
import { createSessionResource } from './sessions.ts'
import { checkVersion, createUserResource } from './users.ts'

/** TrueConf Server, API v3. */
export const trueconf: VendorDefinition<Config> = {
  name: 'TRUECONF',
  slug: 'trueconf',
  label: 'TrueConf Server',
  idOption: 'id',
  notes,
  config,
  fromEnvironment,
  findMissingScopes: findMissingTrueConfScopes,
  createVendor(settings, createClient) {
    const { serverUrl, apiVersion, ca, credentials } = settings
    const client = createClient({
      apiUrl: `${serverUrl}/api/${apiVersion}`,
      authScheme: createAuthScheme(settings),
      errorParser,
      ca,
      secrets: ['secretKey' in credentials ? credentials.secretKey : credentials.clientSecret],
    })
    const users = createUserResource(client)
    const joinHosts = new JoinHosts()
    const license: IdLicense = { canChooseIds: null }
    return {
      ...users,
      ...createConferenceResource(client, joinHosts),
      findConference: (ref, call) => findConference(client, joinHosts, ref, call),
      createConference: (input, call) => createConference(client, users, license, input, call),
      findCreated: (input, sentAt, call) => findCreated(client, users, license, input, sentAt, call),
      ...createOccurrenceResource(client),
      ...createParticipantResource(client),
      ...createSessionResource(client),
      ...createAttendanceResource(client),
      ...createRecordingResource(client),
      polledEvents: createPolledEvents(client),
      ...createInvitationResource(client, users),
      ...createFileResource(client),
      checkVersion: (call) => checkVersion(client, call),
    }
  },
}
