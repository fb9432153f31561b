import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { ApiError, refused } from './errors.ts'
import type { Avatar } from './model.ts'

/** Takes in the multipart field `image`, hashing as it comes. Throws where there is none, or it was cut. */
export async function receiveAvatar(incoming: IncomingMessage): Promise<Avatar> {
  if (!incoming.headers['content-type']?.startsWith('multipart/form-data')) throw missing()
  let avatar: Avatar | null = null
  const form = new Busboy({ headers: incoming.headers as BusboyHeaders, limits: { fileSize: Infinity } })
  form.on('file', (field, file, filename, _encoding, contentType) => {
    const hash = createHash('sha256')
    let bytes = 0
    // A part that is cut short fails here as well as in the form, which tells.
    file.on('error', () => {})
    file.on('data', (chunk: Buffer) => {
      hash.update(chunk)
      bytes += chunk.length
    })
    file.on('end', () => {
      if (field === 'image') avatar = { filename, contentType, bytes, sha256: hash.digest('hex') }
    })
  })
  await pipeline(incoming, form).catch(() => {
    throw new ApiError(400, { reason: 'parseError', message: 'The body is not complete multipart.' })
  })
  if (!avatar) throw missing()
  return avatar
}

const missing = () => refused('image', 'requiredParameter', "Parameter 'image' is required.")
