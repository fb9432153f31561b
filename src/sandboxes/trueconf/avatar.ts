import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { ApiError, createInvalidInputError } from './errors.ts'
import type { Avatar } from './model.ts'

/** Reads and hashes the multipart field `image`. @throws An error if the field is missing or incomplete. */
export async function receiveAvatar(incoming: IncomingMessage): Promise<Avatar> {
  if (!incoming.headers['content-type']?.startsWith('multipart/form-data')) throw missing()
  let avatar: Avatar | null = null
  const form = new Busboy({ headers: incoming.headers as BusboyHeaders, limits: { fileSize: Infinity } })
  form.on('file', (field, file, filename, _encoding, contentType) => {
    const hash = createHash('sha256')
    let bytes = 0
    // An incomplete part also fails in the form, which reports it.
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

const missing = () => createInvalidInputError('image', 'requiredParameter', "Parameter 'image' is required.")
