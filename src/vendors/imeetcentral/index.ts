import type { VendorDefinition } from '../definition.ts'
import { grant } from './auth.ts'
import { conferences } from './conferences.ts'
import { type Config, config, fromEnvironment } from './config.ts'
import { dialect } from './errors.ts'
import { files } from './files.ts'
import { keyTexts } from './key.ts'
import { invitations } from './invitations.ts'
import { notes } from './notes.ts'
import { users } from './users.ts'

/** iMeet Central (once Central Desktop), edge API v1. */
export const imeetcentral: VendorDefinition<Config> = {
  name: 'IMEET_CENTRAL',
  slug: 'imeetcentral',
  label: 'iMeet Central',
  idOption: 'urlShortName',
  notes,
  config,
  fromEnvironment,
  connect(settings, connection) {
    const client = connection({
      apiUrl: settings.apiUrl,
      tenant: settings.clientId,
      grant: grant(settings),
      dialect,
      limits: { inFlight: 4 },
      secrets: keyTexts(settings.key),
    })
    const edge = { client, apiUrl: settings.apiUrl }
    return { ...users(edge), ...conferences(edge), ...invitations(edge), ...files(edge) }
  },
}
