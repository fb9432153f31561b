import { createHash, type Hash } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import type { FileHandle, IncomingFile } from '../core/file-handle.ts'
import type { Upload } from '../vendors/vendor.ts'

/** A file on its way from the client to a vendor; looked at, counted and hashed as it goes by. */
export class UploadStream {
  readonly #handle: FileHandle
  readonly #own: boolean
  readonly #hash: Hash = createHash('sha256')
  #chunks: AsyncIterableIterator<Buffer> | null = null
  size = 0
  /** Why the client's bytes ended before their end. */
  failure: Problem | null = null

  constructor(handle: FileHandle) {
    this.#handle = handle
    this.#own = handle.tryClaim()
  }

  /** Lower-case hex, of the bytes that have gone by; asked once, at their end. */
  digestSha256(): string {
    return this.#hash.digest('hex')
  }

  /** Waits for the first bytes. Throws UPLOAD_EMPTY, BAD_USER_INPUT for a type that is none and for a file used before. */
  async openUpload(given: { name: string | null; contentType: string | null }): Promise<Upload> {
    const file = await this.#openFile()
    const contentType = validateMediaType(given.contentType ?? file.contentType)
    const name = cleanName(given.name ?? file.name)
    // The rest is read from the same stream, also by whoever drains it.
    const chunks = file.bytes.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
    this.#chunks = chunks
    const first = await chunks.next().catch((error: unknown) => {
      throw this.#recordFailure(error)
    })
    if (first.done)
      throw new Problem('UPLOAD_EMPTY', 'The file has no bytes.', { path: ['input', 'file'], delivery: 'rejected' })
    return { name, contentType, size: null, bytes: this.#pipeChunks(first.value, chunks) }
  }

  /** Takes in what is left, so that the client can go on to what comes behind it. */
  async discardRest(): Promise<void> {
    if (!this.#own) return
    try {
      await this.#chunks?.return?.()
    } catch {
      // The upload was cut off, which is reported elsewhere.
    }
    this.#handle.discard()
  }

  /** Reads it to its end, to know what it is. */
  async hashAll(): Promise<void> {
    const { bytes } = await this.#openFile()
    for await (const chunk of bytes) this.#hash.update(chunk as Buffer)
  }

  async #openFile(): Promise<IncomingFile> {
    if (this.#own) return this.#handle.whenArrived()
    throw new Problem('BAD_USER_INPUT', 'A file part fills one place: send one more for "input.file".', {
      path: ['input', 'file'],
      delivery: 'rejected',
    })
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
    this.failure = error instanceof Problem ? error : new Problem('UPLOAD_ABORTED', 'The upload was cut off.')
    return this.failure
  }
}

/** The last segment of a file name, fit for headers and file systems. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, '').trim()
  const short = [...clean].slice(0, 255).join('')
  return /^[. ]*$/.test(short) ? 'file' : short
}

const token = "[\\w!#$%&'*+.^`|~-]+"
// Only what a header of one line can hold: quoted strings of printable ASCII without escapes, spaces and tabs between.
const quoted = '"[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*"'
const mediaTypes = new RegExp(`^${token}/${token}(?:[\\t ]*;[\\t ]*${token}=(?:${token}|${quoted}))*$`)

/** A media type as it is. Throws BAD_USER_INPUT. */
function validateMediaType(text: string): string {
  if (text.length <= 255 && mediaTypes.test(text)) return text
  throw new Problem('BAD_USER_INPUT', '"input.contentType" must be a media type such as image/png.', {
    path: ['input', 'contentType'],
    delivery: 'rejected',
  })
}
