import { Problem } from '../../core/errors.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { readField } from '../kit/lenient.ts'
import type { Vendor } from '../vendor.ts'
import { fetchRecordedSession, findFile } from './recorded-session.ts'

/**
 * Opens recordings. `GET /meetings/{meetingUuid}/recordings` reports the URL of a file and a token for it. The URL redirects to
 * a signed URL at another host, which rejects a second credential.
 *
 * @param configuredUrls URLs of the account's settings, at whose origins files can be.
 */
export function createRecordingFileResource(
  client: VendorClient,
  configuredUrls: readonly string[],
): Required<Pick<Vendor, 'openRecording'>> {
  const ownOrigins = new Set(configuredUrls.map((url) => new URL(url).origin))
  const canOpen = ({ origin }: URL): boolean =>
    ownOrigins.has(origin) || /^https:\/\/(?:[\w-]+\.)*(?:zoom\.us|zoomgov\.com)$/.test(origin)

  return {
    async openRecording(parentId, id, request, call) {
      const query = { include_fields: 'download_access_token' }
      const session = await fetchRecordedSession(client, parentId, call, query)
      const recording = findFile(session, id)
      const url = recording?.hostUrl
      if (!url) throw new Problem('NOT_FOUND', 'The recording no longer exists, or Zoom does not provide it.')
      const token = readField(session, 'download_access_token')
      const isValid = token !== null && /^[\x21-\x7e]+$/.test(token)
      const canBeJson = !/^(?:video|audio)\//.test(recording.contentType)
      return client.openFile({ url, token: isValid ? token : null, canBeJson, canOpen }, request, call)
    },
  }
}
