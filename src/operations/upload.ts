import { createHash, type Hash } from 'node:crypto'
import { createUploadAbortedProblem, Problem } from '../core/errors.ts'
import type { FileHandle, IncomingFile } from '../core/file-handle.ts'
import type { Upload } from '../vendors/vendor-inputs.ts'

/** A file that is streamed from the HTTP client to a vendor. Counts and hashes the bytes. */
export class UploadStream {
  readonly #handle: FileHandle
  readonly #isClaimed: boolean
  readonly #hash: Hash = createHash('sha256')
  #chunks: AsyncIterableIterator<Buffer> | null = null
  /** Number of bytes that were sent to the vendor. */
  size = 0
  /** Why the HTTP client did not send the whole file. */
  failure: Problem | null = null

  constructor(handle: FileHandle) {
    this.#handle = handle
    this.#isClaimed = handle.tryClaim()
  }

  /** Returns the SHA-256 of the bytes that were read, in lowercase hex. Can be called only once, at the end. */
  digestSha256(): string {
    return this.#hash.digest('hex')
  }

  /**
   * Waits for the first bytes and returns the upload for the vendor.
   *
   * @param overrides Name and media type from the input. If null, those of the file part are used.
   * @throws UPLOAD_EMPTY if the file has no bytes.
   * @throws BAD_USER_INPUT if the media type is malformed or the file part was used for another input.
   */
  async openUpload(overrides: { name: string | null; contentType: string | null }): Promise<Upload> {
    const file = await this.#openFile()
    const contentType = validateMediaType(overrides.contentType ?? file.contentType)
    const name = toSafeName(overrides.name ?? file.name)
    // The stream must not be destroyed, because `discardRest` reads the rest from it.
    const chunks = file.bytes.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
    this.#chunks = chunks
    const first = await chunks.next().catch((error: unknown) => {
      throw this.#recordFailure(error)
    })
    if (first.done)
      throw new Problem('UPLOAD_EMPTY', 'The file has no bytes.', { path: ['input', 'file'], delivery: 'rejected' })
    return { name, contentType, size: null, bytes: this.#pipeChunks(first.value, chunks) }
  }

  /** Reads and discards the remaining bytes, so that the HTTP client can send the next part. */
  async discardRest(): Promise<void> {
    if (!this.#isClaimed) return
    try {
      await this.#chunks?.return?.()
    } catch {
      // An aborted upload is reported by the other methods.
    }
    this.#handle.discard()
  }

  /** Reads the whole file to compute its hash. */
  async hashAll(): Promise<void> {
    const { bytes } = await this.#openFile()
    for await (const chunk of bytes) this.#hash.update(chunk as Buffer)
  }

  async #openFile(): Promise<IncomingFile> {
    if (this.#isClaimed) return this.#handle.whenArrived()
    throw new Problem(
      'BAD_USER_INPUT',
      'A file part can be used for only one input. Send another file part for "input.file".',
      {
        path: ['input', 'file'],
        delivery: 'rejected',
      },
    )
  }

  async *#pipeChunks(first: Buffer, rest: AsyncIterableIterator<Buffer>): AsyncGenerator<Buffer> {
    yield this.#count(first)
    try {
      for await (const chunk of rest) yield this.#count(chunk)
    } catch (error) {
      throw this.#recordFailure(error)
    }
  }

  #count(chunk: Buffer): Buffer {
    this.#hash.update(chunk)
    this.size += chunk.length
    return chunk
  }

  #recordFailure(error: unknown): Problem {
    this.failure = error instanceof Problem ? error : createUploadAbortedProblem()
    return this.failure
  }
}

/** Returns the last segment of a file name without control characters, at most 255 characters. `file` if nothing remains. */
export function toSafeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, '').trim()
  const short = [...clean].slice(0, 255).join('')
  return /^[. ]*$/.test(short) ? 'file' : short
}

const token = "[\\w!#$%&'*+.^`|~-]+"
// Quoted strings must fit into one header line: printable ASCII, spaces, and tabs, without escapes.
const quoted = '"[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*"'
const mediaTypePattern = new RegExp(`^${token}/${token}(?:[\\t ]*;[\\t ]*${token}=(?:${token}|${quoted}))*$`)

/**
 * Returns the media type unchanged.
 *
 * @throws BAD_USER_INPUT if it is malformed.
 */
function validateMediaType(text: string): string {
  if (text.length <= 255 && mediaTypePattern.test(text)) return text
  throw new Problem('BAD_USER_INPUT', '"input.contentType" must be a media type such as image/png.', {
    path: ['input', 'contentType'],
    delivery: 'rejected',
  })
}
