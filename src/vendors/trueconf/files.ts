import { z } from 'zod'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import { multipart } from '../kit/multipart.ts'
import type { Vendor } from '../vendor.ts'
import { withoutCredentials } from '../kit/credentials.ts'
import { webAddress } from '../kit/lenient.ts'

const Answer = z.object({ user: z.object({ avatar: webAddress }) })

/** The one file that the API takes in: a user's picture, `POST /users/{user_id}/avatar`. */
export function files(client: Client): Required<Pick<Vendor, 'uploadAvatar'>> {
  return {
    async uploadAvatar(userId, { name, contentType, bytes }, call) {
      const body = multipart({}, { field: 'image', name, contentType, bytes })
      // What is answered is not published.
      const raw = await client.send('POST', path`/users/${userId}/avatar`, { ...body, shape: z.unknown() }, call)
      const url = Answer.safeParse(raw).data?.user.avatar ?? null
      return { vendorId: userId, state: 'ATTACHED', url, raw: withoutCredentials(raw) ?? {} }
    },
  }
}
