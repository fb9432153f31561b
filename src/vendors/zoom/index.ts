import type { VendorDefinition } from '../definition.ts'
import { grant } from './auth.ts'
import { conferences } from './conferences.ts'
import { type Config, config, fromEnvironment } from './config.ts'
import { dialect } from './errors.ts'
import { files } from './files.ts'
import { invitations } from './invitations.ts'
import { notes } from './notes.ts'
import { participants } from './participants.ts'
import { findMissingZoomScopes } from './scopes.ts'
import { userToken } from './user-token.ts'
import { users } from './users.ts'

/** Zoom, REST API v2. */
export const zoom: VendorDefinition<Config> = {
  name: 'ZOOM',
  slug: 'zoom',
  label: 'Zoom',
  notes,
  config,
  fromEnvironment,
  findMissingScopes: findMissingZoomScopes,
  connect(settings, connection) {
    const { apiUrl, fileUrl, credentials, webhookSecret } = settings
    const secret = 'apiSecret' in credentials ? credentials.apiSecret : credentials.clientSecret
    const client = connection({
      apiUrl,
      tenant: 'apiKey' in credentials ? credentials.apiKey : credentials.accountId,
      origins: [fileUrl],
      grant: grant(settings),
      dialect,
      secrets: webhookSecret === undefined ? [secret] : [secret, webhookSecret],
    })
    return {
      ...users(client),
      ...conferences(client),
      ...participants(client),
      ...invitations(client),
      ...files(client, fileUrl),
      ...userToken(client),
    }
  },
}
