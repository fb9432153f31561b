import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Vendor } from '../vendor.ts'

/**
 * Recordings, which TrueConf calls records (`GET /conferences/{id}/records/{name}/download`). The `download_url` that the server
 * reports is not used, because it can name another host.
 */
export function createRecordResource(client: VendorClient): Required<Pick<Vendor, 'openRecording'>> {
  return {
    openRecording: (conferenceId, name, request, call) =>
      client.openFile({ path: path`/conferences/${conferenceId}/records/${name}/download` }, request, call),
  }
}
