import type { Socket } from 'node:net'
import type { MessageEvent, WebSocket } from 'undici'
import { createInternalProblem, Problem } from '../core/errors.ts'
import type { Clock } from './clock.ts'
import type { Connect, PendingConnection } from './connect.ts'
import type { UpstreamEvent } from './events.ts'
import { toAbortProblem } from './failure.ts'
import { userAgent } from './headers.ts'
import type { UpstreamLimits } from './limits.ts'
import { Client } from './undici.ts'
import type { VendorError } from './vendor-client.ts'
import { VendorResponseError } from './vendor-error.ts'
import { Handshake } from './web-socket-handshake.ts'

/** Longer messages are skipped, in characters. The messages of vendors have a few KiB. */
const maxMessageLength = 1024 * 1024
/** undici closes the connection if a message is larger than this, in bytes. It bounds the memory of a connection. */
const maxPayloadSize = 4 * maxMessageLength

/** What a vendor's code read from a text frame of a WebSocket. */
export type WebSocketFrame<Message> =
  /** The vendor accepted the connection: messages arrive from now on. */
  | { kind: 'accepted' }
  /** The vendor rejected the connection. */
  | { kind: 'rejected'; error: VendorError }
  | { kind: 'message'; message: Message }
  /** Only a sign of life, such as the acknowledgment of a heartbeat, or a message of no interest. */
  | { kind: 'other' }
  | { kind: 'unreadable' }

/** How messages of a vendor arrive over a WebSocket. Defined by the vendor's folder. */
export interface WebSocketProtocol<Message> {
  /** Returns the URL of the connection. It can contain the token, so it is never logged. */
  createUrl(token: string): string
  /** Text that Parley sends every `heartbeatMs`. */
  heartbeat: string
  heartbeatMs: number
  /** Time in which something must arrive, in milliseconds. After it, the connection is lost. */
  maxSilenceMs: number
  readFrame(text: string): WebSocketFrame<Message>
}

/** Receives what happens on a WebSocket. Must not throw. */
export interface WebSocketListener<Message> {
  onAccepted(): void
  /** @param message Null if only a sign of life arrived, or a frame that cannot be read. */
  onMessage(message: Message | null): void
}

export interface WebSocketOptions {
  WebSocket: typeof WebSocket
  limits: UpstreamLimits
  clock: Clock
  connect: Connect
  redact: (text: string) => string
  onEvent?: ((event: UpstreamEvent) => void) | undefined
}

/** A WebSocket to a vendor, from the handshake to its end. */
export class VendorWebSocket<Message> {
  readonly #protocol: WebSocketProtocol<Message>
  readonly #listener: WebSocketListener<Message>
  readonly #options: WebSocketOptions
  readonly #client: Client
  readonly #socket: WebSocket
  readonly #handshake = new Handshake()
  readonly #stop = new AbortController()
  readonly #end = Promise.withResolvers<Problem>()
  #connection: PendingConnection | null = null
  #maxSilenceMs: number
  /** When something arrived, in milliseconds since the epoch. */
  #heardAt: number

  constructor(
    protocol: WebSocketProtocol<Message>,
    token: string,
    listener: WebSocketListener<Message>,
    options: WebSocketOptions,
  ) {
    this.#protocol = protocol
    this.#listener = listener
    this.#options = options
    this.#maxSilenceMs = options.limits.attemptTimeout
    this.#heardAt = options.clock.now()
    const url = protocol.createUrl(token)
    this.#client = this.#createClient(url)
    const dispatcher = this.#client.compose(this.#handshake.record)
    this.#socket = new options.WebSocket(url, { dispatcher, headers: { 'user-agent': userAgent } })
    this.#socket.binaryType = 'arraybuffer'
    this.#socket.addEventListener('open', () => this.#handleOpen())
    this.#socket.addEventListener('message', (event) => this.#handleMessage(event))
    this.#socket.addEventListener('close', () =>
      this.#finish(this.#handshake.toProblem(options.redact, options.clock.now())),
    )
    this.#startLoop(() => this.#watchSilence())
  }

  /** Waits for the end of the connection. Ends it if the signal aborts. Never rejects. */
  async waitForEnd(signal: AbortSignal): Promise<Problem> {
    const onAbort = (): void => this.#finish(toAbortProblem(signal, { delivery: 'not-sent' }))
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort)
    try {
      return await this.#end.promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #createClient(url: string): Client {
    const { connect, limits } = this.#options
    return new Client(new URL(url.replace(/^ws/, 'http')).origin, {
      connect: (target, callback) => {
        this.#connection = connect(target, (...result) => {
          if (result[1]) this.#connection = { destroy: () => endSocket(result[1]) }
          callback(...result)
        })
      },
      allowH2: false,
      headersTimeout: 0,
      maxHeaderSize: limits.answerHeaderBytes,
      webSocket: { maxPayloadSize },
    })
  }

  #handleOpen(): void {
    this.#handshake.isComplete = true
    this.#heardAt = this.#options.clock.now()
    this.#maxSilenceMs = this.#protocol.maxSilenceMs
    this.#startLoop(() => this.#sendHeartbeats())
  }

  #handleMessage({ data }: MessageEvent): void {
    if (this.#stop.signal.aborted) return
    this.#heardAt = this.#options.clock.now()
    try {
      if (typeof data === 'string' && data.length <= maxMessageLength) this.#handleFrame(this.#protocol.readFrame(data))
      else this.#handleFrame({ kind: 'unreadable' })
    } catch (cause) {
      // An error in a listener of the WebSocket would end the process.
      this.#finish(createInternalProblem({ cause }, 'a message of the vendor caused an error'))
    }
  }

  #handleFrame(frame: WebSocketFrame<Message>): void {
    const { redact, onEvent } = this.#options
    if (frame.kind === 'rejected') {
      const response = { status: 101, headers: {}, body: null }
      return this.#finish(new VendorResponseError(frame.error, response, redact))
    }
    if (frame.kind === 'accepted') {
      onEvent?.({ kind: 'socket', code: null })
      return this.#listener.onAccepted()
    }
    if (frame.kind === 'unreadable') onEvent?.({ kind: 'skipped-frame' })
    this.#listener.onMessage(frame.kind === 'message' ? frame.message : null)
  }

  /** Runs a loop that waits for the clock, until the connection ends. */
  #startLoop(loop: () => Promise<void>): void {
    loop().catch((cause: unknown) => this.#finish(createInternalProblem({ cause })))
  }

  async #sendHeartbeats(): Promise<void> {
    for (;;) {
      await this.#options.clock.sleep(this.#protocol.heartbeatMs, this.#stop.signal)
      this.#socket.send(this.#protocol.heartbeat)
    }
  }

  async #watchSilence(): Promise<void> {
    const { clock } = this.#options
    for (;;) {
      const remainingMs = this.#heardAt + this.#maxSilenceMs - clock.now()
      if (remainingMs <= 0) break
      // After the system clock was set back, the remaining time would be too long.
      await clock.sleep(Math.min(remainingMs, this.#maxSilenceMs), this.#stop.signal)
    }
    this.#finish(new Problem('VENDOR_TIMEOUT', 'The vendor sent nothing over the event connection in time.'))
  }

  #finish(problem: Problem): void {
    if (this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#socket.close()
    this.#connection?.destroy()
    void this.#client.destroy()
    this.#end.resolve(problem)
  }
}

/** Closes a connection after the bytes that were written have been sent. */
const endSocket = (socket: Socket): void => socket.destroySoon()
