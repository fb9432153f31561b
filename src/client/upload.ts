import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { print } from 'graphql'
import type { DocumentNode } from 'graphql'
import { readAnswer } from './answer.ts'
import { answeredError, connectionError, ParleyError } from './errors.ts'
import { UploadFileDocument } from './gql/graphql.ts'
import type { UploadFileMutation, UploadTargetInput } from './gql/graphql.ts'
import { multipartBody } from './multipart.ts'
import type { FilePart } from './multipart.ts'
import { send } from './send.ts'
import type { Body, Destination, RawAnswer } from './send.ts'

/** A path, or bytes as they come (a Node or a web stream). */
export type UploadSource = string | AsyncIterable<Uint8Array>
/** Exactly one of `conferenceId`, `userId` (that user's avatar) and `account` (its library). */
export type UploadTarget = UploadTargetInput
/** What uploadFile answers. */
export type UploadPayload = UploadFileMutation['uploadFile']

export interface UploadOptions {
  /** Default: the path's last part; `upload` for a stream. */
  name?: string
  /** Default: `application/octet-stream`. */
  contentType?: string
  /** Bytes of a stream, where known. */
  size?: number
  /** Makes it safe to send the same file again. */
  idempotencyKey?: string
  /** Told how many bytes have been sent. */
  onProgress?: (sent: number) => void
  signal?: AbortSignal
}

/** Throws ParleyError where no outcome could be had, the file system's error for a path that is no readable file. */
export async function uploadFile(
  server: Destination,
  source: UploadSource,
  target: UploadTarget,
  options: UploadOptions,
): Promise<UploadPayload> {
  const { idempotencyKey, signal } = options
  const file = await openFile(source, options)
  try {
    return readUpload(await send({ ...server, signal }, uploadBody(file, target, idempotencyKey)))
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof ParleyError ? error : connectionError(error, true)
  }
}

async function openFile(source: UploadSource, options: UploadOptions): Promise<FilePart> {
  const { contentType = 'application/octet-stream', onProgress = () => {} } = options
  const part = (name: string, size: number | null, bytes: AsyncIterable<Uint8Array>): FilePart => ({
    name: options.name ?? name,
    contentType,
    size,
    bytes: counted(bytes, size, onProgress),
  })
  if (typeof source !== 'string') return part('upload', options.size ?? null, source)
  await access(source, constants.R_OK)
  const found = await stat(source)
  if (!found.isFile()) throw new Error(`${source} is not a file.`)
  return part(basename(source), found.size, read(source))
}

function uploadBody(file: FilePart, target: UploadTarget, idempotencyKey: string | undefined): Body {
  // The part's head cannot hold every name exactly.
  const { name } = file
  const input = { file: null, name, target, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }
  const operations = { query: print(UploadFileDocument as DocumentNode), variables: { input } }
  return multipartBody(operations, 'variables.input.file', file)
}

/** Throws ParleyError where the answer holds no payload. */
function readUpload(raw: RawAnswer): UploadPayload {
  const { data, errors } = readAnswer(raw, true)
  const payload = (data as UploadFileMutation | null)?.uploadFile
  if (!payload) throw answeredError(errors, data, true)
  return payload
}

/** Not opened before its first byte is wanted. */
async function* read(path: string) {
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
