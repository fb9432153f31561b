import { Readable } from 'node:stream'
import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import { createFormDataBody } from '../kit/multipart.ts'
import { limitSize, withWholeFile } from '../kit/upload-size.ts'
import type { Upload, Vendor } from '../vendor.ts'
import { readMeetingBy } from './meetings.ts'
import { createInputProblem } from '../kit/problems.ts'
import { toUserPathValue } from './path-values.ts'
import { text } from '../kit/lenient.ts'
import { readUserBy } from './users.ts'

const MiB = 1024 * 1024
/** 1 GiB for a Team Chat file, 2 MiB for a picture: Zoom's limits. */
const chatFileLimit = { vendor: 'Zoom', maxBytes: 1024 * MiB }
const avatarLimit = { vendor: 'Zoom', maxBytes: 2 * MiB }

const UploadResponse = z.looseObject({ id: text.refine((id) => id !== null) })

/** Zoom attaches files to no meeting; the nearest thing is its chat. */
export function createFileResource(
  client: VendorClient,
  fileUrl: string,
): Required<Pick<Vendor, 'uploadConferenceFile' | 'uploadAvatar'>> {
  const ownOrigin = new URL(fileUrl).origin
  /** Zoom sends uploads on to the host that keeps the user's files. */
  const canFollowRedirect = (to: URL): boolean =>
    to.origin === ownOrigin || /^https:\/\/([\w-]+\.)*zoom\.us$/.test(to.origin)

  /** `POST /chat/users/{userId}/files` on the file host; unless `posted`, nobody sees the file yet. */
  async function uploadChatFile(hostId: string, file: Upload, posted: boolean, call: CallContext): Promise<string> {
    const { headers, stream } = createFormDataBody(
      {},
      { field: 'file', ...file, bytes: limitSize(file, chatFileLimit) },
    )
    const query = { postToPersonalChat: posted }
    const options = {
      baseUrl: fileUrl,
      query,
      headers,
      stream,
      canFollowRedirect,
      schema: UploadResponse,
      rateLimit: 'files',
    }
    const target = path`/chat/users/${toUserPathValue(hostId)}/files`
    const { id } = await client.write('POST', target, posted ? options : { ...options, hasEffect: false }, call)
    return id!
  }

  return {
    async uploadConferenceFile(conferenceId, file, call) {
      // Fails before any call if the size is known.
      limitSize(file, chatFileLimit)
      const { conference, channelId } = await readMeetingBy(client, conferenceId, call)
      const host = conference.ownerId
      if (!host) throw new Problem('VENDOR_BAD_RESPONSE', 'Zoom does not say who hosts the meeting.')
      const id = await uploadChatFile(host, file, channelId === null, call)
      if (channelId === null) return { vendorId: id, state: 'ATTACHED', url: null, raw: { id } }
      const json = { message: file.name, to_channel: channelId, file_ids: [id] }
      const options = { json, schema: UploadResponse, rateLimit: 'medium' }
      const message = await client.write('POST', path`/chat/users/${toUserPathValue(host)}/messages`, options, call)
      return { vendorId: id, state: 'ATTACHED', url: null, raw: { id, message_id: message.id } }
    },

    async uploadAvatar(userId, file, call) {
      const name = getPictureName(file)
      const target = path`/users/${toUserPathValue(userId)}/picture`
      // Zoom accepts one change of a user at a time, and a client can take its time for the file.
      const resource = `user ${toUserPathValue(userId)}`
      await withWholeFile(file, avatarLimit, call, (picture) => {
        const { headers, stream } = createFormDataBody(
          {},
          { field: 'pic_file', ...file, name, bytes: Readable.from([picture]) },
        )
        return client.write('POST', target, { headers, stream, rateLimit: 'medium', lockKey: resource }, call)
      })
      const { avatarUrl, vendorId } = await readUserBy(client, userId, call)
      return { vendorId, state: 'ATTACHED', url: avatarUrl, raw: null }
    },
  }
}

const extensions: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' }

/** Zoom tells a picture's type by its name. */
function getPictureName({ name, contentType }: Upload): string {
  const extension = extensions[contentType.split(';')[0]!.trim().toLowerCase()]
  if (!extension) throw createInputProblem(['contentType'], 'must be image/png or image/jpeg')
  return /\.(?:png|jpe?g)$/i.test(name) ? name : `${name}.${extension}`
}
