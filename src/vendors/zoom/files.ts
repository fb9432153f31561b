import { Readable } from 'node:stream'
import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import { multipart } from '../kit/multipart.ts'
import { limitSize, withWholeFile } from '../kit/upload-size.ts'
import type { Upload, Vendor } from '../vendor.ts'
import { readMeetingBy } from './meetings.ts'
import { badInput } from '../kit/problems.ts'
import { userRef } from './path-values.ts'
import { text } from '../kit/lenient.ts'
import { readUserBy } from './users.ts'

const MiB = 1024 * 1024
/** 1 GiB for a Team Chat file, 2 MiB for a picture: Zoom's limits. */
const chatFileLimit = { vendor: 'Zoom', maxBytes: 1024 * MiB }
const avatarLimit = { vendor: 'Zoom', maxBytes: 2 * MiB }

const Stored = z.looseObject({ id: text.refine((id) => id !== null) })

/** Zoom attaches files to no meeting; the nearest thing is its chat. */
export function files(
  client: Client,
  fileUrl: string,
): Required<Pick<Vendor, 'uploadConferenceFile' | 'uploadAvatar'>> {
  const ownOrigin = new URL(fileUrl).origin
  /** Zoom sends uploads on to the host that keeps the user's files. */
  const follow = (to: URL): boolean => to.origin === ownOrigin || /^https:\/\/([\w-]+\.)*zoom\.us$/.test(to.origin)

  /** `POST /chat/users/{userId}/files` on the file host; unless `posted`, nobody sees the file yet. */
  async function upload(hostId: string, file: Upload, posted: boolean, call: Call): Promise<string> {
    const { headers, stream } = multipart({}, { field: 'file', ...file, bytes: limitSize(file, chatFileLimit) })
    const query = { postToPersonalChat: posted }
    const options = { base: fileUrl, query, headers, stream, follow, shape: Stored, limit: 'files' }
    const target = path`/chat/users/${userRef(hostId)}/files`
    const { id } = await client.send('POST', target, posted ? options : { ...options, effect: false }, call)
    return id!
  }

  return {
    async uploadConferenceFile(conferenceId, file, call) {
      // Fails before any call if the size is known.
      limitSize(file, chatFileLimit)
      const { conference, channelId } = await readMeetingBy(client, conferenceId, call)
      const host = conference.ownerId
      if (!host) throw new Problem('VENDOR_BAD_RESPONSE', 'Zoom does not say who hosts the meeting.')
      const id = await upload(host, file, channelId === null, call)
      if (channelId === null) return { vendorId: id, state: 'ATTACHED', url: null, raw: { id } }
      const json = { message: file.name, to_channel: channelId, file_ids: [id] }
      const options = { json, shape: Stored, limit: 'medium' }
      const message = await client.send('POST', path`/chat/users/${userRef(host)}/messages`, options, call)
      return { vendorId: id, state: 'ATTACHED', url: null, raw: { id, message_id: message.id } }
    },

    async uploadAvatar(userId, file, call) {
      const name = pictureName(file)
      const target = path`/users/${userRef(userId)}/picture`
      // Zoom accepts one change of a user at a time, and a client can take its time for the file.
      const resource = `user ${userRef(userId)}`
      await withWholeFile(file, avatarLimit, call, (picture) => {
        const { headers, stream } = multipart({}, { field: 'pic_file', ...file, name, bytes: Readable.from([picture]) })
        return client.send('POST', target, { headers, stream, limit: 'medium', resource }, call)
      })
      const { avatarUrl, vendorId } = await readUserBy(client, userId, call)
      return { vendorId, state: 'ATTACHED', url: avatarUrl, raw: null }
    },
  }
}

const extensions: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' }

/** Zoom tells a picture's type by its name. */
function pictureName({ name, contentType }: Upload): string {
  const extension = extensions[contentType.split(';')[0]!.trim().toLowerCase()]
  if (!extension) throw badInput(['contentType'], 'must be image/png or image/jpeg')
  return /\.(?:png|jpe?g)$/i.test(name) ? name : `${name}.${extension}`
}
