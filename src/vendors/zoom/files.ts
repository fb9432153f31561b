import { Readable } from 'node:stream'
import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import { createFormDataBody } from '../kit/multipart.ts'
import { limitSize, withWholeFile } from '../kit/upload-size.ts'
import type { Upload } from '../vendor-inputs.ts'
import type { Vendor } from '../vendor.ts'
import { readMeetingBy } from './meetings.ts'
import { createInputProblem } from '../kit/problems.ts'
import { toUserPathValue } from './path-values.ts'
import { text } from '../kit/lenient.ts'
import { readUserBy } from './users.ts'

const MiB = 1024 * 1024
/** Zoom's limits: 1 GiB for a Team Chat file, 2 MiB for a profile picture. */
const chatFileLimit = { vendor: 'Zoom', maxBytes: 1024 * MiB }
const avatarLimit = { vendor: 'Zoom', maxBytes: 2 * MiB }

const UploadResponse = z.looseObject({ id: text.refine((id) => id !== null) })

/**
 * File uploads. Zoom cannot attach files to a meeting, so that they are posted to its chat
 * (`POST /chat/users/{userId}/messages`), or to the personal chat of the host. Avatars: `POST /users/{userId}/picture`.
 */
export function createFileResource(
  client: VendorClient,
  fileUrl: string,
): Required<Pick<Vendor, 'uploadConferenceFile' | 'uploadAvatar'>> {
  const ownOrigin = new URL(fileUrl).origin
  /** Zoom redirects uploads to the host that stores the user's files. */
  const canFollowRedirect = (url: URL): boolean =>
    url.origin === ownOrigin || /^https:\/\/([\w-]+\.)*zoom\.us$/.test(url.origin)

  /**
   * Uploads a file (`POST /chat/users/{userId}/files` at `fileUrl`) and returns its ID.
   *
   * @param isPosted Whether the file is posted to the personal chat of the host. If false, nobody can see it yet.
   */
  async function uploadChatFile(hostId: string, file: Upload, isPosted: boolean, call: CallContext): Promise<string> {
    const { headers, stream } = createFormDataBody(
      {},
      { field: 'file', ...file, bytes: limitSize(file, chatFileLimit) },
    )
    const query = { postToPersonalChat: isPosted }
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
    const { id } = await client.write('POST', target, isPosted ? options : { ...options, hasEffect: false }, call)
    return id!
  }

  return {
    async uploadConferenceFile(conferenceId, file, call) {
      // A declared size that is too large must fail before any vendor call.
      limitSize(file, chatFileLimit)
      const { conference, channelId } = await readMeetingBy(client, conferenceId, call)
      const host = conference.ownerId
      if (!host)
        throw new Problem('VENDOR_BAD_RESPONSE', 'The vendor\'s response has an unexpected value at "host_id".')
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
      // Zoom accepts one change of a user at a time, and an HTTP client can be slow to send the file.
      const lockKey = `user ${toUserPathValue(userId)}`
      await withWholeFile(file, avatarLimit, call, (picture) => {
        const { headers, stream } = createFormDataBody(
          {},
          { field: 'pic_file', ...file, name, bytes: Readable.from([picture]) },
        )
        return client.write('POST', target, { headers, stream, rateLimit: 'medium', lockKey }, call)
      })
      const { avatarUrl, vendorId } = await readUserBy(client, userId, call)
      return { vendorId, state: 'ATTACHED', url: avatarUrl, raw: null }
    },
  }
}

const extensions: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' }

/** Returns a file name with an extension, from which Zoom derives the type of the picture. */
function getPictureName({ name, contentType }: Upload): string {
  const extension = extensions[contentType.split(';')[0]!.trim().toLowerCase()]
  if (!extension) throw createInputProblem(['contentType'], 'must be image/png or image/jpeg')
  return /\.(?:png|jpe?g)$/i.test(name) ? name : `${name}.${extension}`
}
