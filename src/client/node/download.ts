import type { FileHandle } from 'node:fs/promises'
import { createConnectionError, createResponseError, createUnexpectedResponseError, ParleyError } from '../errors.ts'
import type { GraphqlResponseError } from '../errors.ts'
import { pause } from '../pause.ts'
import { PartFile, type FileVersion } from './part-file.ts'

export interface DownloadOptions {
  signal?: AbortSignal | undefined
  /** Called with the number of bytes so far, and the size of the file. The size is null if it is not known. */
  onProgress?: ((receivedBytes: number, sizeBytes: number | null) => void) | undefined
}

/** Number of attempts in a row without progress after which a download stops. */
const maxFailures = 5
const minPauseMs = 250
/** Longest pause before an attempt. If the server requires a longer one, the download stops. */
const maxPauseMs = 60_000

/**
 * Downloads the file of a link (`downloadUrl`) to `path`. The file gets its name when it is complete. Until then, its bytes are
 * in `<path>.part`, and the next call continues there. If the connection breaks, continues, until 5 attempts in a row
 * bring no progress.
 *
 * @returns Size of the file in bytes.
 * @throws ParleyError if the file cannot be downloaded: `LINK_EXPIRED` if the link must be requested again.
 * @throws The reason of the signal, or the error of the file system.
 */
export async function downloadFile(url: string, path: string, options: DownloadOptions = {}): Promise<number> {
  const { signal } = options
  const part = new PartFile(path)
  for (let failures = 0; ;) {
    const before = await part.countBytes()
    try {
      await receive(url, part, options)
      const sizeBytes = await part.countBytes()
      await part.complete()
      return sizeBytes
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof ParleyError) || !error.retryable) throw error
      failures = (await part.countBytes()) > before ? 0 : failures + 1
      const pauseMs = error.retryAt ? error.retryAt.getTime() - Date.now() : minPauseMs * 2 ** failures
      if (failures >= maxFailures || pauseMs > maxPauseMs) throw error
      await pause(Math.max(0, pauseMs), signal)
    }
  }
}

/** Receives the rest of the file into the part. @throws ParleyError if the rest is not complete. */
async function receive(url: string, part: PartFile, { signal, onProgress }: DownloadOptions): Promise<void> {
  const known = await part.read()
  const response = await request(url, createRangeHeaders(known), signal)
  const range = readContentRange(response)
  if (response.status === 416) {
    await response.body?.cancel()
    if (known && range.sizeBytes === known.sizeBytes) return
    await part.discard()
    throw createBrokenError('The file has changed.')
  }
  if (response.status !== 200 && response.status !== 206) throw await readError(response)
  const isContinued = response.status === 206
  const version = { etag: readStrongTag(response), sizeBytes: isContinued ? range.sizeBytes : readLength(response) }
  if (isContinued && !(known && range.start === known.sizeBytes && isSame(version, known.version))) {
    await response.body?.cancel()
    await part.discard()
    throw createBrokenError('The file has changed.')
  }
  const file = isContinued ? await part.continue() : await part.begin(version)
  const start = isContinued ? known!.sizeBytes : 0
  try {
    const received = await write(response, file, (count) => onProgress?.(start + count, version.sizeBytes))
    if (version.sizeBytes !== null && start + received !== version.sizeBytes)
      throw createBrokenError('The file ended early.')
  } finally {
    await file.close()
  }
}

async function request(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    // A proxy must not compress the file: ranges would be ranges of the compressed bytes.
    const identity = { 'accept-encoding': 'identity', ...headers }
    return await fetch(url, { headers: identity, redirect: 'error', ...(signal ? { signal } : {}) })
  } catch (error) {
    throw createConnectionError(error, false)
  }
}

/** Writes the body to a file, no faster than the disk accepts it. Returns the number of bytes. */
async function write(response: Response, file: FileHandle, onProgress: (count: number) => void): Promise<number> {
  let count = 0
  for await (const chunk of readBody(response)) {
    await file.writeFile(chunk)
    count += chunk.length
    onProgress(count)
  }
  await file.sync()
  return count
}

/** @throws ParleyError if the connection breaks. */
async function* readBody({ body }: Response): AsyncGenerator<Uint8Array> {
  try {
    if (body) yield* body
  } catch (error) {
    throw createConnectionError(error, false)
  }
}

/** A weak entity tag does not identify the bytes. Without a tag, only the size of the file is compared. */
function createRangeHeaders(known: { sizeBytes: number; version: FileVersion } | null): Record<string, string> {
  if (known === null) return {}
  const { etag } = known.version
  return { range: `bytes=${known.sizeBytes}-`, ...(etag === null ? {} : { 'if-range': etag }) }
}

const isSame = (version: FileVersion, earlier: FileVersion): boolean =>
  version.etag === earlier.etag &&
  (version.sizeBytes === null || earlier.sizeBytes === null || version.sizeBytes === earlier.sizeBytes)

function readStrongTag({ headers }: Response): string | null {
  const tag = headers.get('etag')
  return tag?.startsWith('"') ? tag : null
}

function readLength({ headers }: Response): number | null {
  const length = headers.get('content-length')
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null
}

function readContentRange({ headers }: Response): { start: number | null; sizeBytes: number | null } {
  const [, start, size] =
    /^bytes (?:(\d{1,15})-\d{1,15}|\*)\/(\d{1,15}|\*)$/.exec(headers.get('content-range') ?? '') ?? []
  return {
    start: start === undefined ? null : Number(start),
    sizeBytes: size === undefined || size === '*' ? null : Number(size),
  }
}

const createBrokenError = (reason: string): ParleyError =>
  new ParleyError('UNREACHABLE', `The download was interrupted. ${reason}`, { outcomeUnknown: false, retryable: true })

/** Reads the error of a response that is not a file. */
async function readError(response: Response): Promise<ParleyError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN)
  const retryAt = retryAfter >= 0 ? new Date(Date.now() + retryAfter * 1_000) : null
  const body = (await response.json().catch(() => null)) as { errors?: readonly GraphqlResponseError[] } | null
  if (Array.isArray(body?.errors)) return createResponseError(body.errors, null, false, retryAt)
  return createUnexpectedResponseError(response.status, false, retryAt)
}
