import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { MIMEType } from 'node:util'
import type { Busboy } from '@fastify/busboy'
import { createPayloadTooLargeProblem, createUploadAbortedProblem, Problem } from '../../core/errors.ts'
import { ChunkCounter } from './chunk-counter.ts'
import { FileHandle } from '../../core/file-handle.ts'
import { GrowingBuffer } from './growing-buffer.ts'
import type { HttpLimits } from '../limits.ts'
import { assignFiles } from './multipart-map.ts'
import { watchPace } from '../guard/pace.ts'
import { createBadRequest } from '../response/http-error.ts'
import { parseRequestJson } from './request-json.ts'
import { HttpError } from '../response/http-error.ts'

export interface MultipartEvents {
  /** Called with the number of bytes before the first file, before they are stored. Throws to reject the request. */
  onHead(bytes: number): void
  /** Called when bytes arrive while the operation uses a file, or waits for one. */
  onProgress(): void
}

/** Reads a GraphQL multipart request. Its files are streamed while the operation runs. */
export class MultipartRequest {
  /** Reason for which the request was rejected. Null if it was not. */
  failure: Problem | null = null
  /**
   * Parameters of the operation, not validated, with a `FileHandle` for each file. Resolves when the first file begins.
   */
  readonly operations: Promise<unknown>

  readonly #request: IncomingMessage
  readonly #limits: HttpLimits
  readonly #boundary: string
  readonly #events: MultipartEvents
  /** The bytes before the first file. */
  #head = new GrowingBuffer()
  readonly #ready = Promise.withResolvers<unknown>()
  #operations: unknown = undefined
  #handles: ReadonlyMap<string, FileHandle> | null = null
  #current: FileHandle | null = null
  #stopWatch: () => void = () => {}

  /** @param Parser The parser, which the caller loads at the first upload, so that other servers start faster. */
  constructor(Parser: typeof Busboy, request: IncomingMessage, limits: HttpLimits, events: MultipartEvents) {
    this.#request = request
    this.#limits = limits
    this.#events = events
    this.operations = this.#ready.promise
    this.#ready.promise.catch(() => {})
    this.#boundary = parseBoundary(request)
    request.once('close', () => this.#handleClose())
    this.#watchProgress()
    request.pipe(this.#createParser(Parser))
    // The client can disconnect while the parser is loaded.
    if (request.destroyed) this.#handleClose()
  }

  #createParser(Parser: typeof Busboy): InstanceType<typeof Busboy> {
    const { requestBytes, files } = this.#limits
    const parser = new Parser({
      // The header is rebuilt, so that the parser uses the same boundary as `parseBoundary`.
      headers: { 'content-type': `multipart/form-data; boundary="${this.#boundary}"` },
      limits: { fieldNameSize: 100, fieldSize: requestBytes, headerPairs: 20, headerSize: 16 * 1024, parts: files + 2 },
      isPartAFile: (name) => name !== 'operations' && name !== 'map',
    })
    parser.on('field', (name, value, _nameTruncated, truncated) => {
      this.#runStep(() =>
        truncated ? this.#abort(createPayloadTooLargeProblem(requestBytes)) : this.#handleField(name, value),
      )
    })
    parser.on('file', (name, stream, fileName, _encoding, contentType) => {
      stream.on('error', () => this.#rejectMalformed('The multipart body is malformed.'))
      this.#runStep(() => this.#handleFile(name, stream, fileName, contentType))
    })
    parser.on('partsLimit', () => this.#rejectMalformed(`The request has too many parts. The limit is ${files} files.`))
    parser.on('error', () => this.#rejectMalformed('The multipart body is malformed.'))
    parser.on('finish', () => this.#handleFinish())
    return parser
  }

  #handleField(name: string, value: string): void {
    if (name === 'operations' && this.#operations === undefined) {
      this.#operations = parseRequestJson(value, this.#limits)
    } else if (name === 'map' && this.#operations !== undefined && !this.#handles) {
      this.#handles = assignFiles(this.#operations, parseRequestJson(value, this.#limits), this.#limits.files)
    } else {
      throw createBadRequest('The parts must be "operations", then "map", then the files.')
    }
  }

  #handleFile(name: string | undefined, stream: Readable, fileName: string | undefined, contentType: string): void {
    if (!this.#handles) throw createBadRequest('The parts must be "operations", then "map", then the files.')
    if (!this.#current) this.#checkHead()
    const handle = name === undefined ? undefined : this.#handles.get(decodeName(name))
    if (!handle || handle.hasArrived)
      throw createBadRequest('Each file part must be named in "map", and can be sent only once.')
    const { uploadBytes } = this.#limits
    if (this.#handles.size === 1 && this.#getMinFileSize() > uploadBytes)
      throw new HttpError(createPayloadTooLargeProblem(uploadBytes))
    this.#head = new GrowingBuffer()
    this.#current?.markComplete()
    this.#current = handle
    handle.setFile({ name: decodeName(fileName ?? ''), contentType }, stream, uploadBytes)
    this.#ready.resolve(this.#operations)
  }

  /** Stores bytes before the first file: `operations`, `map`, and the parts between them, which can have any length. */
  #bufferHead(chunk: Buffer): void {
    const { requestBytes } = this.#limits
    const size = this.#head.length + chunk.length
    if (size > 3 * requestBytes) throw new HttpError(createPayloadTooLargeProblem(requestBytes))
    this.#events.onHead(size)
    this.#head.append(chunk)
  }

  /** Checks that `operations` and `map` are UTF-8. The parser would replace invalid bytes. */
  #checkHead(): void {
    const head = this.#head.toBuffer()
    if (!isUtf8(head.subarray(0, this.#findThirdPart(head))))
      throw createBadRequest('"operations" and "map" must be valid UTF-8.')
  }

  /** Returns the index in `head` at which the third part begins, or the length of `head` if there is no third part. */
  #findThirdPart(head: Buffer): number {
    let start = -1
    for (let part = 1; part <= 3; part += 1) start = head.indexOf(`--${this.#boundary}`, start + 1)
    return start < 0 ? head.length : start
  }

  /**
   * Returns the minimum size of the only file, computed from the declared length of the request. NaN if no length is
   * declared.
   */
  #getMinFileSize(): number {
    const head = this.#head.toBuffer()
    const begin = head.indexOf('\r\n\r\n', this.#findThirdPart(head)) + 4
    const closing = `\r\n--${this.#boundary}--\r\n`
    return Number(this.#request.headers['content-length']) - begin - closing.length
  }

  #handleFinish(): void {
    this.#stopWatch()
    if (!this.#current) this.#runStep(() => this.#checkHead())
    const missing = !this.#handles || [...this.#handles.values()].some((handle) => !handle.hasArrived)
    if (missing) this.#rejectMalformed('A part is missing. Send "operations", "map", and every file that "map" names.')
    if (this.failure) return
    this.#current?.markComplete()
    this.#ready.resolve(this.#operations)
  }

  #handleClose(): void {
    this.#stopWatch()
    if (!this.#request.complete) this.#abort(createUploadAbortedProblem())
  }

  /**
   * Rejects uploads that are too slow or cannot continue. Time in which the server waits for the vendor is not counted.
   */
  #watchProgress(): void {
    const { uploadProgressBytes, uploadProgressTime, socketRequestTimeout } = this.#limits
    const chunks = new ChunkCounter()
    let arrived = 0
    this.#request.on('data', (chunk: Buffer) => {
      arrived += chunk.length
      this.#runStep(() => chunks.add(chunk.length))
      if (!this.#current) this.#runStep(() => this.#bufferHead(chunk))
      if (this.#isFileWanted()) this.#events.onProgress()
    })
    const slowText = `The upload was too slow. Send at least ${uploadProgressBytes} bytes in every ${uploadProgressTime / 1000} s.`
    const lateText = `The first file did not begin within ${socketRequestTimeout / 1000} s. Send smaller parts before the file.`
    const pace = { bytes: uploadProgressBytes, intervalMs: uploadProgressTime }
    const stopPace = watchPace(pace, {
      getBytes: () => arrived,
      isWaitingForServer: () => this.#request.isPaused(),
      onTooSlow: () => this.#abort(new Problem('UPLOAD_ABORTED', slowText)),
    })
    const stuckTimer = setInterval(() => {
      if (this.#isStuck())
        this.#rejectMalformed('The files must be sent in the order in which the operation uses them.')
    }, uploadProgressTime)
    const startTimer = setTimeout(() => {
      if (!this.#current) this.#abort(new Problem('UPLOAD_ABORTED', lateText))
    }, socketRequestTimeout)
    this.#stopWatch = () => {
      stopPace()
      clearInterval(stuckTimer)
      clearTimeout(startTimer)
    }
  }

  #isFileWanted(): boolean {
    for (const { isWanted } of this.#handles?.values() ?? []) if (isWanted) return true
    return false
  }

  /** Whether the current file, which the operation has not requested, delays a file for which the operation waits. */
  #isStuck(): boolean {
    const isWaiting = [...(this.#handles?.values() ?? [])].some(
      ({ hasArrived: arrived, isOpened: opened }) => opened && !arrived,
    )
    return isWaiting && this.#current?.isOpened === false && this.#request.isPaused()
  }

  #runStep(step: () => void): void {
    if (this.failure) return
    try {
      step()
    } catch (error) {
      this.#abort(error instanceof HttpError ? error.problem : (error as Problem))
    }
  }

  #rejectMalformed(text: string): void {
    this.#abort(new Problem('BAD_USER_INPUT', text))
  }

  #abort(problem: Problem): void {
    if (this.failure) return
    this.failure = problem
    this.#stopWatch()
    this.#request.unpipe()
    this.#ready.reject(new HttpError(problem))
    for (const handle of this.#handles?.values() ?? []) handle.setError(problem)
  }
}

/**
 * Returns the boundary of a multipart request (RFC 2046, section 5.1.1).
 *
 * @throws `BAD_USER_INPUT`
 */
function parseBoundary({ headers }: IncomingMessage): string {
  const boundary = new MIMEType(headers['content-type'] ?? '').params.get('boundary') ?? ''
  if (/^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary)) return boundary
  throw createBadRequest('The multipart boundary must have 1 to 70 characters of those that RFC 2046 allows.')
}

/**
 * Decodes the characters that browsers encode in the names of fields and files:
 * https://html.spec.whatwg.org/#multipart-form-data
 */
function decodeName(name: string): string {
  return name.replace(/%(?:22|0D|0A)/gi, (code) => decodeURIComponent(code))
}
