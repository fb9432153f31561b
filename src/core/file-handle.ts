import { Readable } from 'node:stream'
import { createPayloadTooLargeProblem, Problem } from './errors.ts'

export interface IncomingFile {
  /** File name from the request, without folders. */
  name: string
  contentType: string
  /**
   * Ends when the rest of the request is known to be well formed: at the next file or at the end of the request. Fails
   * with `PAYLOAD_TOO_LARGE`, `UPLOAD_ABORTED`, or `BAD_USER_INPUT`.
   */
  bytes: Readable
}

/** A file of a multipart request, which can be still in transfer. The value of the scalar `File`. */
export class FileHandle {
  /** Whether the part of the file has begun. */
  hasArrived = false
  /** Whether the file was requested or discarded. */
  isOpened = false
  /** Whether a resolver waits for the bytes of the file, or uses them. */
  isWanted = false
  #isClaimed = false
  readonly #file = Promise.withResolvers<IncomingFile>()
  #bytes: DelayedEndStream | null = null

  constructor() {
    this.#file.promise.catch(() => {})
  }

  /** Claims the file for one use. Returns false if it was claimed before. */
  tryClaim(): boolean {
    const isFree = !this.#isClaimed
    this.#isClaimed = true
    return isFree
  }

  /** Requests the file. Resolves when its part begins, which is after the previous file of the request has been read. */
  whenArrived(): Promise<IncomingFile> {
    this.isOpened = true
    this.isWanted = true
    return this.#file.promise
  }

  /** Reads the file without using it, so that the client can send the parts after it. */
  discard(): void {
    this.isOpened = true
    this.isWanted = false
    this.#file.promise.then(({ bytes }) => bytes.resume()).catch(() => {})
  }

  /** Resolves `whenArrived`. `limit`: maximum size in bytes. */
  setFile(file: Omit<IncomingFile, 'bytes'>, stream: Readable, limit: number): void {
    this.hasArrived = true
    this.#bytes = new DelayedEndStream(stream, limit)
    // Without a listener, the error of a stream that nothing reads would end the process.
    this.#bytes.on('error', () => {})
    this.#bytes.once('close', () => (this.isWanted = false))
    this.#file.resolve({ ...file, bytes: this.#bytes })
  }

  /** Lets the stream of the file end. Called when the request is well formed up to the next file or its end. */
  markComplete(): void {
    this.#bytes?.release()
  }

  /** Rejects `whenArrived`, or breaks the stream of the file. */
  setError(problem: Problem): void {
    this.#file.reject(problem)
    this.#bytes?.destroy(problem)
  }
}

export function isFileHandle(value: unknown): value is FileHandle {
  return value instanceof FileHandle
}

/**
 * Passes the bytes of a stream on. Fails at the first byte over the limit, and delays its end until `release` is
 * called.
 */
class DelayedEndStream extends Readable {
  readonly #source: Readable
  #size = 0
  #isReleased = false
  #hasEnded = false

  constructor(source: Readable, limit: number) {
    super()
    this.#source = source
    // A pipe through a Transform would cost several times as much for each chunk.
    source.on('data', (chunk: Buffer) => {
      this.#size += chunk.length
      if (this.#size > limit) this.destroy(createPayloadTooLargeProblem(limit))
      else if (!this.push(chunk)) source.pause()
    })
    source.once('end', () => {
      this.#hasEnded = true
      if (this.#isReleased) this.push(null)
    })
  }

  release(): void {
    this.#isReleased = true
    if (this.#hasEnded) this.push(null)
  }

  override _read(): void {
    this.#source.resume()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#hasEnded) this.#source.pause()
    done(error)
  }
}
