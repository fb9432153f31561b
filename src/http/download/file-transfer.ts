import type { ServerResponse } from 'node:http'
import type { Code } from '../../core/error-codes.ts'
import type { FileBody } from '../../upstream/file.ts'
import { watchPace, type Pace } from '../guard/pace.ts'
import { countUnacknowledgedBytes } from '../guard/unacknowledged-bytes.ts'
import type { TransferTurns } from './transfer-turns.ts'

/** How a download ended: completely, by the client, because the client did not read, or with an error. */
export type DownloadOutcome = 'complete' | 'disconnected' | 'slow_reader' | Code

export interface FileTransferOptions {
  /** Number of bytes that the client was promised. Null if it is not known. */
  length: number | null
  /** Minimum rate of the vendor. The client must read something in each interval. */
  pace: Pace
  /** Turns of all transfers. */
  turns: TransferTurns
  /** Called before a client that does not read is disconnected. */
  onSlowReader(): void
}

/**
 * Sends a file to the client, at the speed of the slower side. If the file breaks off, the connection is closed, so that a part of
 * the file never looks complete.
 */
export class FileTransfer {
  /** Number of bytes that were passed to the connection. */
  sentBytes = 0
  readonly #body: FileBody
  readonly #response: ServerResponse
  readonly #options: FileTransferOptions
  #failure: DownloadOutcome | null = null

  constructor(body: FileBody, response: ServerResponse, options: FileTransferOptions) {
    this.#body = body
    this.#response = response
    this.#options = options
  }

  /** Resolves when the connection no longer needs the file. */
  async run(): Promise<DownloadOutcome> {
    const body = this.#body
    const response = this.#response
    const { turns } = this.#options
    const stopWatching = this.#watch()
    const { promise: closed, resolve: close } = Promise.withResolvers<void>()
    response.once('close', close)
    const resume = (): void => turns.wait(() => void body.resume())
    response.on('drain', resume)
    body.on('end', () => this.#finish())
    body.on('data', (chunk: Buffer) => {
      this.sentBytes += chunk.length
      body.pause()
      if (response.write(chunk)) resume()
    })
    if (response.closed) close()
    await closed
    stopWatching()
    body.destroy()
    return this.#failure ?? (response.writableFinished ? 'complete' : 'disconnected')
  }

  /**
   * Closes the connection after the bytes that were passed to it, so that the client can continue there. A client of HTTP/1.0 that
   * was promised no length sees only at a reset that bytes are missing.
   */
  abort(outcome: DownloadOutcome): void {
    const { req: request, socket, writableFinished } = this.#response
    if (this.#failure !== null || writableFinished) return
    this.#failure = outcome
    if (this.#options.length === null && request.httpVersion === '1.0') socket?.resetAndDestroy()
    else socket?.end()
  }

  #finish(): void {
    const { failure } = this.#body
    const { length } = this.#options
    if (failure) this.abort(failure.code)
    else if (length === null || this.sentBytes === length) this.#response.end()
    else this.abort('VENDOR_BAD_RESPONSE')
  }

  #watch(): () => void {
    const { pace, onSlowReader } = this.#options
    const { intervalMs } = pace
    const response = this.#response
    const isWaitingForClient = (): boolean =>
      response.writableNeedDrain || response.writableEnded || this.#failure !== null
    const stopVendor = watchPace(pace, {
      getBytes: () => this.sentBytes,
      isWaitingForServer: isWaitingForClient,
      onTooSlow: () => this.abort('VENDOR_TIMEOUT'),
    })
    const stopClient = watchPace(
      { bytes: 1, intervalMs },
      {
        getBytes: () => this.sentBytes - countUnreadBytes(response),
        isWaitingForServer: () => !isWaitingForClient(),
        onTooSlow: () => {
          onSlowReader()
          this.#failure ??= 'slow_reader'
          response.socket?.resetAndDestroy()
        },
      },
    )
    return () => {
      stopVendor()
      stopClient()
    }
  }
}

const countUnreadBytes = ({ socket }: ServerResponse): number =>
  socket === null ? 0 : socket.writableLength + countUnacknowledgedBytes(socket)
