import type { Caller } from '../../auth/caller.ts'
import { OperationNotes } from '../../schema/operation-notes.ts'
import type { OperationRequest } from '../operation-execution.ts'
import type { RequestLabels } from '../request-labels.ts'

/** The stream that a request belongs to. */
interface RequestingStream {
  readonly caller: Caller
  readonly origin: string
  readonly labels: RequestLabels
}

/** The request of one message of a stream, or of its source. Its caller changes if the caller of the stream changes. */
export class MessageRequest implements OperationRequest {
  /** Streams of one event share the responses of vendors. */
  readonly maxAgeMs = Infinity
  readonly notes = new OperationNotes()
  readonly #stream: RequestingStream
  readonly #time: Pick<OperationRequest, 'signal' | 'deadline'>

  /** @param time The timer of the message, or the end of the stream. */
  constructor(stream: RequestingStream, time: Pick<OperationRequest, 'signal' | 'deadline'>) {
    this.#stream = stream
    this.#time = time
  }

  get caller(): Caller {
    return this.#stream.caller
  }

  get origin(): string {
    return this.#stream.origin
  }

  get requestId(): string {
    return this.#stream.labels.requestId
  }

  get signal(): AbortSignal {
    return this.#time.signal
  }

  get deadline(): number {
    return this.#time.deadline
  }
}
