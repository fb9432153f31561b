import { z } from 'zod'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import { createFormDataBody } from '../kit/multipart.ts'
import type { Vendor } from '../vendor.ts'
import { removeCredentials } from '../kit/credentials.ts'
import { webUrl } from '../kit/lenient.ts'

const AvatarResponse = z.object({ user: z.object({ avatar: webUrl }) })

/** Uploads a user's avatar (`POST /users/{user_id}/avatar`). The API has no other uploads. */
export function createFileResource(client: VendorClient): Required<Pick<Vendor, 'uploadAvatar'>> {
  return {
    async uploadAvatar(userId, { name, contentType, bytes }, call) {
      const body = createFormDataBody({}, { field: 'image', name, contentType, bytes })
      // TrueConf does not document the response.
      const raw = await client.write('POST', path`/users/${userId}/avatar`, { ...body, schema: z.unknown() }, call)
      const url = AvatarResponse.safeParse(raw).data?.user.avatar ?? null
      return { vendorId: userId, state: 'ATTACHED', url, raw: removeCredentials(raw) ?? {} }
    },
  }
}
