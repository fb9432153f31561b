import type { VendorDefinition } from '../definition.ts'
import { createAuthScheme } from './auth.ts'
import { createConferenceResource } from './conferences.ts'
import { type Config, config, fromEnvironment } from './config.ts'
import { errorParser } from './errors.ts'
import { createFileResource } from './files.ts'
import { findConference } from './find-conference.ts'
import { listKeyEncodings } from './key.ts'
import { createInvitationResource } from './invitations.ts'
import { notes } from './notes.ts'
import { createUserResource } from './users.ts'

/** iMeet Central (formerly Central Desktop), edge API v1. */
export const imeetcentral: VendorDefinition<Config> = {
  name: 'IMEET_CENTRAL',
  slug: 'imeetcentral',
  label: 'iMeet Central',
  idOption: 'urlShortName',
  notes,
  config,
  fromEnvironment,
  createVendor(settings, createClient) {
    const client = createClient({
      apiUrl: settings.apiUrl,
      tenant: settings.clientId,
      authScheme: createAuthScheme(settings),
      errorParser,
      limits: { inFlight: 4, eventPollCalls: 10 },
      secrets: listKeyEncodings(settings.key),
    })
    const edge = { client, apiUrl: settings.apiUrl }
    const conferences = createConferenceResource(edge)
    return {
      ...createUserResource(edge),
      ...conferences,
      findConference: (ref, call) => findConference(conferences, ref, call),
      ...createInvitationResource(edge),
      ...createFileResource(edge),
    }
  },
}
