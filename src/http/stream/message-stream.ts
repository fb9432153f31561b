import type { ServerResponse } from 'node:http'
import type { Caller } from '../../auth/caller.ts'
import type { ByteBudget, Reservation } from '../../core/byte-budget.ts'
import { Problem, type Code } from '../../core/errors.ts'
import { executeOperation } from '../../execution/execute.ts'
import { createSourceStream } from '../../execution/subscribe.ts'
import { OperationNotes } from '../../schema/operation-notes.ts'
import { OperationTimer } from '../guard/operation-timer.ts'
import type { HttpLimits } from '../limits.ts'
import type { OperationRequest } from '../operation-execution.ts'
import type { RequestLabels } from '../request-labels.ts'
import { completeEvent, formatNextEvent } from '../response/event-stream.ts'
import type { ErrorFormatter } from '../response/format-error.ts'
import { formatOutcome, type ExecutionOutcome } from '../response/operation-response.ts'
import { MessageRequest } from './message-request.ts'
import type { MessageTurns } from './message-turns.ts'
import type { SharedMessages } from './shared-messages.ts'
import { StreamEnd } from './stream-end.ts'
import { StreamWriter } from './stream-writer.ts'
import type { Subscription } from './subscription.ts'

/**
 * Why a stream ended.
 *
 * - `completed`: its source ended.
 * - `failed`: its source failed, or could not be created.
 * - `disconnected`: the client closed the connection.
 * - `slow_reader`: the client read nothing for too long.
 * - `unauthenticated`: the credentials expired, or are no longer accepted.
 * - `shutdown`: the server is stopping.
 */
export type StreamEndReason = 'completed' | 'failed' | 'disconnected' | 'slow_reader' | 'unauthenticated' | 'shutdown'

/** Objects that all streams share. */
export interface StreamParts {
  limits: HttpLimits
  budget: ByteBudget
  turns: MessageTurns
  sharedMessages: SharedMessages
  createContext(request: OperationRequest): object
  createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter
  /** Called once, when the stream ends. */
  onEnd(stream: MessageStream, reason: StreamEndReason, code: Code | null): void
}

export interface MessageStreamOptions {
  response: ServerResponse
  labels: RequestLabels
  caller: Caller
  /** Header of the request. */
  authorization: string | undefined
  operationName: string | null
  subscription: Subscription
  /** Memory of the subscription. Null if it is not larger than usual. */
  memory: Reservation | null
}

/** Messages up to this size are sent without a reservation of memory. The number of streams limits them. */
const unreservedBytes = 32 * 1024
/**
 * Time between the last message and the end of the connection. A client that gets both at once can miss that the
 * connection has ended: graphql-sse then neither reports the end nor reconnects.
 */
const closeDelayMs = 200

/**
 * A subscription whose messages are sent as they happen. No message waits: the next source value is requested when the
 * client has accepted the message before it.
 */
export class MessageStream {
  readonly labels: RequestLabels
  readonly authorization: string | undefined
  readonly operationName: string | null
  readonly openedAt = performance.now()
  caller: Caller
  messages = 0
  readonly #parts: StreamParts
  readonly #response: ServerResponse
  readonly #writer: StreamWriter
  readonly #subscription: Subscription
  readonly #memory: Reservation | null
  readonly #end = new StreamEnd()
  #iterator: AsyncIterator<unknown> | null = null
  /** Timer of the message that is executed. */
  #timer: OperationTimer | null = null
  /** Memory of the message that the client reads. */
  #messageMemory: Reservation | null = null

  constructor(parts: StreamParts, options: MessageStreamOptions) {
    this.#parts = parts
    this.#response = options.response
    this.#writer = new StreamWriter(options.response)
    this.#subscription = options.subscription
    this.#memory = options.memory
    this.labels = options.labels
    this.caller = options.caller
    this.authorization = options.authorization
    this.operationName = options.operationName
  }

  /** Sends the messages until the stream ends. Never rejects. */
  async run(): Promise<void> {
    this.#response.on('close', () => this.#finish('disconnected'))
    this.#writer.open()
    try {
      const source = await this.#subscribe()
      this.#iterator = source[Symbol.asyncIterator]()
      if (this.#hasEnded) return await this.#closeSource()
    } catch (error) {
      return this.#fail(error, true)
    }
    try {
      await this.#sendMessages(this.#iterator)
    } catch (error) {
      // Clients reconnect only without `complete`. A connection cannot succeed after an error that is not retryable.
      this.#fail(error, error instanceof Problem && !error.retryable)
    }
  }

  /** Ends the stream with an error if the client is reading. Clients then reconnect, because `complete` is not sent. */
  abort(reason: StreamEndReason, problem: Problem): void {
    if (!this.#finish(reason, problem.code, problem)) return
    if (this.#writer.unreadSince === null) this.#closeAfter(this.#formatError(problem).json)
    // The error would be in the middle of a message that the client has not read.
    else this.#response.destroy()
  }

  /** Disconnects the client because it does not read. */
  cut(): void {
    if (this.#finish('slow_reader')) this.#response.socket?.resetAndDestroy()
  }

  /** Returns since when the client has read nothing, in milliseconds by `performance.now`. Null if nothing is waiting. */
  get unreadSince(): number | null {
    return this.#writer.unreadSince
  }

  /** Sends a comment, unless one was sent in the last `intervalMs`. */
  comment(now: number, intervalMs: number): void {
    this.#writer.comment(now, intervalMs)
  }

  get #hasEnded(): boolean {
    return this.#end.isReached
  }

  #subscribe() {
    const { plan, variables } = this.#subscription
    const context = this.#parts.createContext(new MessageRequest(this, this.#end))
    return createSourceStream({ plan, variables, context })
  }

  async #sendMessages(iterator: AsyncIterator<unknown>): Promise<void> {
    for (;;) {
      const { done, value } = await iterator.next()
      if (this.#hasEnded) return
      if (done === true) {
        this.#finish('completed')
        return this.#close(completeEvent, this.#parts.limits.streamStall)
      }
      const { turns, sharedMessages } = this.#parts
      const findOrExecute = () => sharedMessages.find(value, this.caller, this.#subscription) ?? this.#execute(value)
      const message = await turns.run(findOrExecute)
      if (this.#hasEnded) return
      this.messages++
      await this.#send(message)
    }
  }

  /** Executes the operation for a source value. Returns the response as an event of the stream. */
  #execute(rootValue: unknown): Buffer | Promise<Buffer> {
    if (this.#hasEnded) return Buffer.alloc(0)
    const { caller } = this
    const { plan, variables } = this.#subscription
    const { streamEvent, deadlineGrace } = this.#parts.limits
    const timer = new OperationTimer({ timeoutMs: streamEvent, graceMs: deadlineGrace })
    timer.start()
    this.#timer = timer
    const request = new MessageRequest(this, timer)
    const end = (outcome: ExecutionOutcome): Buffer => {
      timer.stop()
      this.#timer = null
      const { json, codes } = this.#format(outcome, request.notes)
      const message = Buffer.from(formatNextEvent(json))
      // An error contains the request ID of its stream.
      if (codes.length === 0) this.#parts.sharedMessages.add(rootValue, caller, this.#subscription, message)
      return message
    }
    const fail = (error: unknown): Buffer => end({ errors: [error] })
    try {
      const context = this.#parts.createContext(request)
      const executed = executeOperation({ plan, variables, context, rootValue })
      return executed instanceof Promise ? timer.settle(executed).then(end, fail) : end(executed)
    } catch (error) {
      return fail(error)
    }
  }

  /** Resolves when the client has accepted the message. */
  async #send(message: Buffer): Promise<void> {
    if (message.length <= unreservedBytes) return this.#writer.write(message)
    const { budget } = this.#parts
    const { name } = this.caller
    this.#messageMemory = budget.reserve(name)
    const hasMemory = this.#messageMemory.resize(message.length)
    await this.#writer.write(hasMemory ? message : formatNextEvent(this.#formatError(budget.createProblem(name)).json))
    this.#messageMemory.release()
  }

  #format(outcome: ExecutionOutcome, notes = new OperationNotes()) {
    const { limits, createErrorFormatter } = this.#parts
    const formatter = createErrorFormatter(this.labels.requestId, this.caller.scopes.has('explore'))
    return formatOutcome(outcome, { formatter, limits, isMutation: false, notes })
  }

  #formatError(error: unknown) {
    return this.#format({ errors: [error] })
  }

  #fail(error: unknown, isComplete: boolean): void {
    if (this.#hasEnded) return
    const { json, codes } = this.#formatError(error)
    this.#finish('failed', codes[0])
    if (isComplete) this.#close(formatNextEvent(json) + completeEvent, this.#parts.limits.streamStall)
    else this.#closeAfter(json)
  }

  /** Stops the source and the execution. Returns false if the stream has ended before. */
  #finish(reason: StreamEndReason, code: Code | null = null, problem = createEndProblem()): boolean {
    if (this.#hasEnded) return false
    this.#end.reach(problem)
    this.#timer?.abort(problem)
    this.#memory?.release()
    this.#messageMemory?.release()
    void this.#closeSource()
    this.#parts.onEnd(this, reason, code)
    return true
  }

  /** Some iterators end only when the signal of their context aborts, and reject with its reason. */
  async #closeSource(): Promise<void> {
    try {
      await this.#iterator?.return?.()
    } catch {
      // The stream has ended, so nobody needs the error.
    }
  }

  /** Sends a last message, and closes the connection without `complete`. */
  #closeAfter(json: string): void {
    void this.#writer.write(formatNextEvent(json))
    setTimeout(() => this.#close('', closeDelayMs), closeDelayMs)
  }

  /** Writes the end of the response, and disconnects a client that does not read it in time. */
  #close(text: string, timeoutMs: number): void {
    this.#response.end(text)
    const timer = setTimeout(() => this.#response.destroy(), timeoutMs)
    this.#response.once('close', () => clearTimeout(timer))
  }
}

const createEndProblem = (): Problem =>
  new Problem('DEADLINE_EXCEEDED', 'The stream ended before the message was complete.')
