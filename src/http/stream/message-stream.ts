import type { ServerResponse } from 'node:http'
import type { Caller } from '../../auth/caller.ts'
import type { ByteBudget, Reservation } from '../../core/byte-budget.ts'
import type { Code } from '../../core/error-codes.ts'
import { Problem } from '../../core/errors.ts'
import { createSourceStream } from '../../execution/subscribe.ts'
import { OperationNotes } from '../../schema/operation-notes.ts'
import type { RequestLabels } from '../request-labels.ts'
import { completeEvent, formatNextEvent } from '../response/event-stream.ts'
import { formatStreamOutcome, MessageExecution, type ExecutionParts } from './message-execution.ts'
import { MessageRequest } from './message-request.ts'
import type { MessageTurns } from './message-turns.ts'
import { StreamEnd, type StreamEndReason } from './stream-end.ts'
import { StreamWriter } from './stream-writer.ts'
import type { Subscription } from './subscription.ts'

/** Objects that all streams share. */
export interface MessageStreamParts extends ExecutionParts {
  budget: ByteBudget
  turns: MessageTurns
  /** Called once, when the stream ends. */
  onEnd(stream: MessageStream, reason: StreamEndReason, code: Code | null): void
}

export interface MessageStreamOptions {
  response: ServerResponse
  labels: RequestLabels
  caller: Caller
  /** Header of the request. */
  authorization: string | undefined
  /** Origin at which the request arrived. */
  origin: string
  operationName: string | null
  subscription: Subscription
  /** Memory of the subscription. Null if it is not larger than usual. */
  memory: Reservation | null
}

/** Messages up to this size are sent without a reservation of memory. The number of streams limits them. */
const unreservedBytes = 32 * 1024
/**
 * Size of the messages that a stream sends in one turn. All of them are in memory until the client has accepted them. Each
 * message also counts for its work.
 */
const maxTurnBytes = 16 * 1024
const messageOverhead = 1024
/**
 * Time between the last message and the end of the connection. A client that gets both at once can miss that the
 * connection has ended: graphql-sse then neither reports the end nor reconnects.
 */
const closeDelayMs = 200

/**
 * A subscription whose messages are sent as they happen. No message waits in a queue: if the client has not accepted the
 * messages of the last turn, no source value is requested.
 */
export class MessageStream {
  readonly labels: RequestLabels
  readonly authorization: string | undefined
  readonly origin: string
  readonly operationName: string | null
  readonly openedAt = performance.now()
  caller: Caller
  messages = 0
  readonly parts: MessageStreamParts
  readonly #response: ServerResponse
  readonly #writer: StreamWriter
  readonly subscription: Subscription
  readonly #memory: Reservation | null
  readonly #end = new StreamEnd()
  #iterator: AsyncIterator<unknown> | null = null
  /** The execution of the next message. */
  #execution: MessageExecution | null = null
  /** Resolves when the client has accepted the last message. */
  #sent: Promise<void> | null = null
  /** Number of the last turn of the stream, and what was sent in it. */
  #turn = -1
  #turnBytes = 0
  /** Memory of the message that the client reads. */
  #messageMemory: Reservation | null = null

  constructor(parts: MessageStreamParts, options: MessageStreamOptions) {
    this.parts = parts
    this.#response = options.response
    this.#writer = new StreamWriter(options.response)
    this.subscription = options.subscription
    this.#memory = options.memory
    this.labels = options.labels
    this.caller = options.caller
    this.authorization = options.authorization
    this.origin = options.origin
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
    const { plan, variables } = this.subscription
    const context = this.parts.createContext(new MessageRequest(this, this.#end))
    return createSourceStream({ plan, variables, context })
  }

  async #sendMessages(iterator: AsyncIterator<unknown>): Promise<void> {
    for (;;) {
      const { done, value } = await iterator.next()
      if (this.#hasEnded) return
      if (done === true) {
        this.#finish('completed')
        return this.#close(completeEvent, this.parts.limits.streamStall)
      }
      // Values that follow at once are sent in the same turn, and thus in one packet.
      if (!this.#isInTurn) await this.#sent
      const message = this.#isInTurn ? this.#findOrExecute(value) : this.parts.turns.run(() => this.#takeTurn(value))
      this.#sent = this.#send(message instanceof Promise ? await message : message)
      this.#execution = null
      if (this.#hasEnded) return
      this.messages++
      if (!this.#isInTurn) await this.#sent
    }
  }

  get #isInTurn(): boolean {
    return this.#turnBytes < maxTurnBytes && this.parts.turns.hasTime(this.#turn)
  }

  #takeTurn(value: unknown): Buffer | Promise<Buffer> {
    if (this.#hasEnded) return emptyMessage
    this.#turn = this.parts.turns.current
    this.#turnBytes = 0
    return this.#findOrExecute(value)
  }

  #findOrExecute(value: unknown): Buffer | Promise<Buffer> {
    const shared = this.parts.sharedMessages.find(value, this.caller, this.subscription)
    if (shared) return shared
    const execution = new MessageExecution(this)
    this.#execution = execution
    return execution.run(value)
  }

  /** Resolves when the client has accepted the message. */
  async #send(message: Buffer): Promise<void> {
    if (this.#hasEnded) return
    this.#turnBytes += message.length + messageOverhead
    if (message.length <= unreservedBytes) return this.#writer.write(message)
    const { budget } = this.parts
    const { name } = this.caller
    this.#messageMemory = budget.reserve(name)
    const hasMemory = this.#messageMemory.resize(message.length)
    await this.#writer.write(hasMemory ? message : formatNextEvent(this.#formatError(budget.createProblem(name)).json))
    this.#messageMemory.release()
  }

  #formatError(error: unknown) {
    return formatStreamOutcome(this, { errors: [error] }, { notes: new OperationNotes() })
  }

  #fail(error: unknown, isComplete: boolean): void {
    if (this.#hasEnded) return
    const { json, codes } = this.#formatError(error)
    this.#finish('failed', codes[0])
    if (isComplete) this.#close(formatNextEvent(json) + completeEvent, this.parts.limits.streamStall)
    else this.#closeAfter(json)
  }

  /** Stops the source and the execution. Returns false if the stream has ended before. */
  #finish(reason: StreamEndReason, code: Code | null = null, problem = createEndProblem()): boolean {
    if (this.#hasEnded) return false
    this.#end.reach(problem)
    this.#execution?.abort(problem)
    this.#memory?.release()
    this.#messageMemory?.release()
    void this.#closeSource()
    this.parts.onEnd(this, reason, code)
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

const emptyMessage = Buffer.alloc(0)

const createEndProblem = (): Problem =>
  new Problem('DEADLINE_EXCEEDED', 'The stream ended before the message was complete.')
