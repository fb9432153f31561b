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

/** Path of a file, a `Blob` or `File`, or a stream of Node or the web. */
export type UploadSource = string | Blob | AsyncIterable<Uint8Array>

export interface UploadOptions extends CommonUploadOptions {
  /** Size of a stream in bytes, if it is known. */
  size?: number
  /** Called with the number of bytes that have been sent so far. */
  onProgress?: (sent: number) => void
}

/**
 * Sends a file and returns the payload of the mutation. Does not retry.
 *
 * @throws ParleyError if no payload arrives, or if the file changes while it is read.
 * @throws The error of the file system, if the path is not a readable file.
 */
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
    bytes: countBytes(bytes, size, onProgress),
  })
  if (source instanceof Blob) return createPart(getName(source), source.size, source.stream())
  if (typeof source !== 'string') return createPart('upload', options.size ?? null, source)
  await access(source, constants.R_OK)
  const status = await stat(source)
  if (!status.isFile()) throw new Error(`${source} is not a file.`)
  return createPart(basename(source), status.size, readFile(source))
}

/** Opens the file only when its first byte is read. */
async function* readFile(path: string) {
  yield* createReadStream(path)
}

/**
 * Reports progress, and checks that the file has the announced size.
 *
 * @throws ParleyError if the file cannot be read, or has another size. The server then discards the upload.
 */
async function* countBytes(bytes: AsyncIterable<Uint8Array>, size: number | null, onProgress: (sent: number) => void) {
  let sent = 0
  try {
    for await (const chunk of bytes) {
      sent += chunk.length
      if (size !== null && sent > size) break
      yield chunk
      onProgress(sent)
    }
    if (size !== null && sent !== size) throw new Error('The size of the file changed during the upload.')
  } catch (cause) {
    const message = `The file could not be read to the end. ${(cause as Error).message}`
    throw new ParleyError('UPLOAD_ABORTED', message, { outcomeUnknown: false, cause })
  }
}
