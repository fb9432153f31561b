import { Readable } from 'node:stream'
import { createPayloadTooLargeProblem, Problem } from './errors.ts'

export interface IncomingFile {
  /** As the client gave it, less folders. */
  name: string
  contentType: string
  /** Ends only when the whole request has come in; fails with PAYLOAD_TOO_LARGE, UPLOAD_ABORTED or BAD_USER_INPUT. */
  bytes: Readable
}

/** A file of a multipart request, which may still be on its way: the value behind the File scalar. */
export class FileHandle {
  arrived = false
  /** Somebody has asked for it. */
  opened = false
  /** Somebody waits for its bytes, or uses them. */
  isWanted = false
  #claimed = false
  readonly #file = Promise.withResolvers<IncomingFile>()
  #bytes: HeldStream | null = null

  constructor() {
    this.#file.promise.catch(() => {})
  }

  /** Whether the file is the asker's: it fills the first place that asks. */
  claim(): boolean {
    const free = !this.#claimed
    this.#claimed = true
    return free
  }

  /** Resolves when the file's part begins; the files of one request begin in order, each after the one before was read. */
  open(): Promise<IncomingFile> {
    this.opened = true
    this.isWanted = true
    return this.#file.promise
  }

  /** Reads the rest of it, so that the client can send what follows. */
  discard(): void {
    this.opened = true
    this.isWanted = false
    this.#file.promise.then(({ bytes }) => bytes.resume()).catch(() => {})
  }

  arrive(file: Omit<IncomingFile, 'bytes'>, stream: Readable, limit: number): void {
    this.arrived = true
    this.#bytes = new HeldStream(stream, limit)
    // A stream that nobody has opened may fail; that is not an unhandled error.
    this.#bytes.on('error', () => {})
    this.#bytes.once('close', () => (this.isWanted = false))
    this.#file.resolve({ ...file, bytes: this.#bytes })
  }

  /** What follows the file in the request is well formed. */
  complete(): void {
    this.#bytes?.release()
  }

  fail(problem: Problem): void {
    this.#file.reject(problem)
    this.#bytes?.destroy(problem)
  }
}

export function isFileHandle(value: unknown): value is FileHandle {
  return value instanceof FileHandle
}

/** Fails at the first byte over the limit, and holds its end back until released. */
class HeldStream extends Readable {
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
