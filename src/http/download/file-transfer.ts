import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { Problem, type Code } from '../../core/errors.ts'
import { watchPace } from '../guard/pace.ts'

/** How a download ended: completely, by the client, because the client did not read, or with an error. */
export type DownloadOutcome = 'complete' | 'disconnected' | 'slow_reader' | Code

export interface FileTransferOptions {
  /** Number of bytes that the client was promised. Null if it is not known. */
  length: number | null
  /** The vendor must send `bytes` in each `intervalMs`. The client must read something in each `intervalMs`. */
  progress: { bytes: number; intervalMs: number }
  /** Called before a client that does not read is disconnected. */
  onSlowReader(): void
}

/**
 * Sends a file to the client, at the speed of the slower side. If the file breaks off, the connection is reset, so that a part of
 * the file never looks complete.
 */
export class FileTransfer {
  /** Number of bytes that were passed to the connection. */
  sentBytes = 0
  readonly #body: Readable
  readonly #response: ServerResponse
  readonly #options: FileTransferOptions
  #failure: DownloadOutcome | null = null

  constructor(body: Readable, response: ServerResponse, options: FileTransferOptions) {
    this.#body = body
    this.#response = response
    this.#options = options
  }

  /** Resolves when the connection no longer needs the file. */
  async run(): Promise<DownloadOutcome> {
    const body = this.#body
    const response = this.#response
    const stopWatching = this.#watch()
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    response.once('close', end)
    response.on('drain', () => body.resume())
    body.on('error', (error) => this.abort(error instanceof Problem ? error.code : 'INTERNAL'))
    body.on('end', () => this.#finish())
    body.on('data', (chunk: Buffer) => {
      this.sentBytes += chunk.length
      if (!response.write(chunk)) body.pause()
    })
    if (response.closed) end()
    await ended
    stopWatching()
    body.destroy()
    return this.#failure ?? (response.writableFinished ? 'complete' : 'disconnected')
  }

  /** Resets the connection. */
  abort(outcome: DownloadOutcome): void {
    if (this.#failure !== null || this.#response.writableFinished) return
    this.#failure = outcome
    this.#response.socket?.resetAndDestroy()
  }

  #finish(): void {
    const { length } = this.#options
    if (length === null || this.sentBytes === length) this.#response.end()
    else this.abort('VENDOR_BAD_RESPONSE')
  }

  #watch(): () => void {
    const { progress, onSlowReader } = this.#options
    const { intervalMs } = progress
    const waitsForClient = (): boolean => this.#body.isPaused() || this.#response.writableEnded
    const stopVendor = watchPace(progress, {
      getBytes: () => this.sentBytes,
      isWaitingForServer: waitsForClient,
      onTooSlow: () => this.abort('VENDOR_TIMEOUT'),
    })
    const stopClient = watchPace(
      { bytes: 1, intervalMs },
      {
        getBytes: () => this.sentBytes - (this.#response.socket?.writableLength ?? 0),
        isWaitingForServer: () => !waitsForClient(),
        onTooSlow: () => {
          onSlowReader()
          this.abort('slow_reader')
        },
      },
    )
    return () => {
      stopVendor()
      stopClient()
    }
  }
}
