import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { ZoomError } from './errors.ts'

export interface UploadedFile {
  part: string
  name: string
  length: number
  sha256: string
}
export interface Upload {
  files: UploadedFile[]
  fields: Record<string, string>
}

const malformed = () => new ZoomError(400, 300, "Invalid 'Content-Disposition' in multipart form")

/** Reads a form and returns the size and hash of its file. `limit` returns the maximum size in bytes for a name and part. */
export async function readUpload(
  request: IncomingMessage,
  limit: (name: string) => number,
  tooLarge: (limit: number) => ZoomError,
): Promise<Upload> {
  if (!request.headers['content-type']?.startsWith('multipart/form-data'))
    throw new ZoomError(400, 300, 'Content-Type must be multipart/form-data.')
  const upload: Upload = { files: [], fields: {} }
  const busboy = new Busboy({ headers: request.headers as BusboyHeaders })
  const head = recordFileHeader(request)
  try {
    await new Promise<void>((resolve, reject) => {
      busboy.on('field', (name, value) => void (upload.fields[name] = value))
      busboy.on('file', (part, stream, name) => {
        if (head.hasBareFilename()) reject(malformed())
        const hash = createHash('sha256')
        let length = 0
        stream.on('data', (chunk: Buffer) => {
          hash.update(chunk)
          length += chunk.length
          if (length > limit(name)) reject(tooLarge(limit(name)))
        })
        stream.on('end', () => upload.files.push({ part, name, length, sha256: hash.digest('hex') }))
        stream.on('error', reject)
      })
      busboy.on('finish', resolve)
      busboy.on('error', reject)
      // An upload that the client aborts has no effect.
      request.on('close', () => request.complete || reject(malformed()))
      request.pipe(busboy)
    })
  } catch (error) {
    request.unpipe(busboy)
    request.resume()
    throw error instanceof ZoomError ? error : malformed()
  }
  return upload
}

/** Records the bytes up to the header of the first file, which shows whether its file name is quoted. */
function recordFileHeader(request: IncomingMessage) {
  let head = ''
  const keep = (chunk: Buffer) => void (head += chunk.toString('latin1'))
  request.on('data', keep)
  request.pause()
  return {
    hasBareFilename(): boolean {
      request.off('data', keep)
      return /content-disposition:[^\r\n]*filename=[^"\r\n]/i.test(head)
    },
  }
}
