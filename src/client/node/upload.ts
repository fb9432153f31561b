import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ServerTarget } from '../destination.ts'
import { createConnectionError, ParleyError } from '../errors.ts'
import { getName } from '../upload-blob.ts'
import { createUploadOperation, filePath, readUpload } from '../upload.ts'
import type { CommonUploadOptions, UploadPayload, UploadTarget } from '../upload.ts'
import { createMultipartBody } from './multipart.ts'
import type { UploadPart } from './multipart.ts'
import { postStream } from './post-stream.ts'

/** The path of a file, a `Blob` or `File`, or bytes as they come (a Node or a web stream). */
export type UploadSource = string | Blob | AsyncIterable<Uint8Array>

export interface UploadOptions extends CommonUploadOptions {
  /** Bytes of a stream, if known. */
  size?: number
  /** Is called with the number of bytes that were sent so far. */
  onProgress?: (sent: number) => void
}

/** Throws ParleyError where no outcome could be had, the file system's error for a path that is no readable file. */
export async function uploadFile(
  server: ServerTarget,
  source: UploadSource,
  target: UploadTarget,
  options: UploadOptions,
): Promise<UploadPayload> {
  const { idempotencyKey, signal } = options
  const file = await openFile(source, options)
  try {
    return readUpload(
      await postStream(
        { ...server, signal },
        createMultipartBody(createUploadOperation(file.name, target, idempotencyKey), filePath, file),
      ),
    )
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof ParleyError ? error : createConnectionError(error, true)
  }
}

async function openFile(source: UploadSource, options: UploadOptions): Promise<UploadPart> {
  const { onProgress = () => {} } = options
  const type = source instanceof Blob ? source.type : ''
  const contentType = options.contentType ?? (type || 'application/octet-stream')
  const createPart = (name: string, size: number | null, bytes: AsyncIterable<Uint8Array>): UploadPart => ({
    name: options.name ?? name,
    contentType,
    size,
    bytes: counted(bytes, size, onProgress),
  })
  if (source instanceof Blob) return createPart(getName(source), source.size, source.stream())
  if (typeof source !== 'string') return createPart('upload', options.size ?? null, source)
  await access(source, constants.R_OK)
  const found = await stat(source)
  if (!found.isFile()) throw new Error(`${source} is not a file.`)
  return createPart(basename(source), found.size, readFile(source))
}

/** Not opened before its first byte is wanted. */
async function* readFile(path: string) {
  yield* createReadStream(path)
}

/** Throws ParleyError where the bytes end before their end: the server then throws away what it has. */
async function* counted(bytes: AsyncIterable<Uint8Array>, size: number | null, onProgress: (sent: number) => void) {
  let sent = 0
  try {
    for await (const chunk of bytes) {
      sent += chunk.length
      if (size !== null && sent > size) break
      yield chunk
      onProgress(sent)
    }
    if (size !== null && sent !== size) throw new Error('It has another size than it had at first.')
  } catch (cause) {
    const message = `The file could not be read to its end: ${(cause as Error).message}`
    throw new ParleyError('UPLOAD_ABORTED', message, { outcomeUnknown: false, cause })
  }
}
