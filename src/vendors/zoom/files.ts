import { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import { multipart } from '../multipart.ts'
import type { Upload, Vendor } from '../vendor.ts'
import { readMeetingBy } from './meetings.ts'
import { badInput } from '../problems.ts'
import { userRef } from './refs.ts'
import { text } from './shapes.ts'
import { readUserBy } from './users.ts'

const MiB = 1024 * 1024
const largestChatFile = 1024 * MiB
const largestPicture = 2 * MiB

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
    const { headers, stream } = multipart({}, { field: 'file', ...file })
    const query = { postToPersonalChat: posted }
    const options = { base: fileUrl, query, headers, stream, follow, shape: Stored, limit: 'files' }
    const target = path`/chat/users/${userRef(hostId)}/files`
    const { id } = await client.send('POST', target, posted ? options : { ...options, effect: false }, call)
    return id!
  }

  return {
    async uploadConferenceFile(conferenceId, file, call) {
      checkSize(file, largestChatFile)
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
      checkSize(file, largestPicture)
      const part = { field: 'pic_file', ...file, name: pictureName(file) }
      const { headers, stream } = multipart({}, part)
      const target = path`/users/${userRef(userId)}/picture`
      // Zoom takes one change of a user at a time.
      const resource = `user ${userRef(userId)}`
      await client.send('POST', target, { headers, stream, limit: 'medium', resource }, call)
      const { avatarUrl, vendorId } = await readUserBy(client, userId, call)
      return { vendorId, state: 'ATTACHED', url: avatarUrl, raw: null }
    },
  }
}

function checkSize({ size }: Upload, largest: number): void {
  if (size !== null && size > largest)
    throw new Problem('PAYLOAD_TOO_LARGE', `Zoom takes at most ${largest / MiB} MiB here.`, {
      path: ['input', 'file'],
      evidence: 'refused',
    })
}

const extensions: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' }

/** Zoom tells a picture's type by its name. */
function pictureName({ name, contentType }: Upload): string {
  const extension = extensions[contentType.split(';')[0]!.trim().toLowerCase()]
  if (!extension) throw badInput(['contentType'], 'must be image/png or image/jpeg')
  return /\.(?:png|jpe?g)$/i.test(name) ? name : `${name}.${extension}`
}
