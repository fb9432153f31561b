import type { Socket } from 'node:net'
import { createUnauthenticatedProblem, type Authenticate } from '../../auth/authenticator.ts'
import type { Caller } from '../../auth/caller.ts'
import type { Reservation } from '../../core/byte-budget.ts'
import { Problem } from '../../core/errors.ts'
import { measureJson } from '../../core/json-size.ts'
import type { OperationExecution } from '../operation-execution.ts'
import type { Log } from '../response/outgoing-response.ts'
import { eventStreamHeaders } from '../response/event-stream.ts'
import { HttpError } from '../response/http-error.ts'
import type { PendingResponse } from '../response/response-sender.ts'
import { securityHeaders } from '../response/security-headers.ts'
import type { RequestLabels } from '../request-labels.ts'
import { MessageStream, type MessageStreamParts } from './message-stream.ts'
import { MessageTurns } from './message-turns.ts'
import { SharedMessages } from './shared-messages.ts'
import type { Subscription } from './subscription.ts'

export interface OpenStreamsOptions extends Omit<MessageStreamParts, 'turns' | 'sharedMessages' | 'onEnd'> {
  authenticate: Authenticate
  log: Log
  /** Called when the response on a connection becomes a stream. */
  onOpen(socket: Socket): void
  /** Called before a client is disconnected because it does not read. */
  onSlowReader(labels: RequestLabels): void
}

/** Maximum time between two checks of the streams, in milliseconds. */
const maxCheckIntervalMs = 1_000

/** Memory of the document and variables of a subscription that needs no reservation. The number of streams limits it. */
const usualBytes = 256 * 1024

/** The open streams of all callers. */
export class OpenStreams {
  readonly #options: OpenStreamsOptions
  readonly #parts: MessageStreamParts
  readonly #streams = new Set<MessageStream>()
  readonly #countByCaller = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  /** Why no stream can be opened. Null if streams can be opened. */
  #stopped: Problem | null = null

  constructor(options: OpenStreamsOptions) {
    this.#options = options
    this.#parts = {
      ...options,
      turns: new MessageTurns(),
      sharedMessages: new SharedMessages(),
      onEnd: (stream, reason, code) => {
        this.#remove(stream)
        const { labels, caller, operationName: operation, openedAt, messages } = stream
        const seconds = Math.round(performance.now() - openedAt) / 1_000
        options.log.info({ ...labels, caller: caller.name, operation, seconds, messages, reason, code }, 'stream ended')
      },
    }
  }

  get size(): number {
    return this.#streams.size
  }

  /**
   * Sends the head of the response, and then the messages of the subscription.
   *
   * @throws `TOO_MANY_SUBSCRIPTIONS`, `SHUTTING_DOWN`, or, without memory for the subscription, `TOO_MANY_REQUESTS` or
   * `OVERLOADED`; then nothing was sent.
   */
  open(
    { request, response, labels, headers }: PendingResponse,
    { caller, operation, origin }: OperationExecution,
    subscription: Subscription,
  ): void {
    this.#assertRoom(caller)
    if (response.closed || request.socket.destroyed) return
    const memory = this.#reserve(caller, subscription)
    response.writeHead(200, {
      'x-request-id': labels.requestId,
      ...securityHeaders,
      ...headers,
      ...eventStreamHeaders,
      // A stream can end without an event, so the connection must end with it.
      connection: 'close',
    })
    const stream = new MessageStream(this.#parts, {
      response,
      labels,
      caller,
      authorization: request.headers.authorization,
      origin,
      operationName: operation?.name?.value ?? null,
      subscription,
      memory,
    })
    // A stream lasts long, and needs nothing else of its request.
    request.headers = {}
    request.rawHeaders = []
    this.#add(stream)
    this.#options.onOpen(request.socket)
    void stream.run()
  }

  /** Ends all streams with an error. No further stream can be opened. */
  stop(problem: Problem): void {
    this.#stopped = problem
    for (const stream of this.#streams) stream.abort('shutdown', problem)
  }

  /**
   * Authenticates the callers of all streams again, because the configuration has changed. The next messages cover the
   * accounts that the caller can use now. Streams whose credentials are no longer accepted end. Resolves when the callers of
   * all streams are known.
   */
  async reauthenticate(): Promise<void> {
    await Promise.all([...this.#streams].map((stream) => this.#reauthenticateStream(stream)))
  }

  async #reauthenticateStream(stream: MessageStream): Promise<void> {
    try {
      const authenticated = this.#options.authenticate(stream.authorization)
      const caller = authenticated instanceof Promise ? await authenticated : authenticated
      if (!this.#streams.has(stream)) return
      this.#count(stream.caller, -1)
      stream.caller = caller
      this.#count(caller, 1)
      if (!caller.scopes.has('read'))
        stream.abort('unauthenticated', new Problem('FORBIDDEN', 'A subscription requires the scope "read".'))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      stream.abort('unauthenticated', error)
    }
  }

  /** Returns null if the subscription is not larger than usual. */
  #reserve({ name }: Caller, { documentBytes, variables }: Subscription): Reservation | null {
    const excess = documentBytes + measureJson(variables, Infinity) - usualBytes
    if (excess <= 0) return null
    const memory = this.#parts.budget.reserve(name)
    memory.hold(excess)
    return memory
  }

  #assertRoom({ name }: Caller): void {
    const { streams, streamsPerCaller } = this.#parts.limits
    if (this.#stopped) throw new HttpError(this.#stopped)
    if ((this.#countByCaller.get(name) ?? 0) >= streamsPerCaller)
      throw createTooMany(`You have too many open subscriptions. The limit "streamsPerCaller" is ${streamsPerCaller}.`)
    if (this.#streams.size >= streams)
      throw createTooMany(`The server has too many open subscriptions. The limit "streams" is ${streams}.`)
  }

  #add(stream: MessageStream): void {
    this.#streams.add(stream)
    this.#count(stream.caller, 1)
    const { streamStall, streamComment } = this.#parts.limits
    const intervalMs = Math.min(maxCheckIntervalMs, Math.ceil(streamStall / 4), Math.ceil(streamComment / 4))
    // One timer for all streams, because timers of 1,000 streams would take more time and memory.
    this.#timer ??= setInterval(() => this.#check(), intervalMs).unref()
  }

  #remove(stream: MessageStream): void {
    this.#streams.delete(stream)
    this.#count(stream.caller, -1)
    if (this.#streams.size > 0) return
    clearInterval(this.#timer ?? undefined)
    this.#timer = null
  }

  #count({ name }: Caller, change: number): void {
    const count = (this.#countByCaller.get(name) ?? 0) + change
    if (count > 0) this.#countByCaller.set(name, count)
    else this.#countByCaller.delete(name)
  }

  /** Sends the comments that are due. Ends streams whose credentials have expired or whose client does not read. */
  #check(): void {
    const now = performance.now()
    const { streamStall, streamComment } = this.#parts.limits
    for (const stream of this.#streams) {
      const { unreadSince, caller } = stream
      if (caller.expiresAt !== undefined && caller.expiresAt <= Date.now())
        stream.abort('unauthenticated', createUnauthenticatedProblem('expired'))
      else if (unreadSince !== null && now - unreadSince >= streamStall) {
        this.#options.onSlowReader(stream.labels)
        stream.cut()
      } else stream.comment(now, streamComment)
    }
  }
}

function createTooMany(text: string): HttpError {
  return new HttpError(new Problem('TOO_MANY_SUBSCRIPTIONS', `${text} End one of them first.`))
}
