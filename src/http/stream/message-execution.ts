import type { Caller } from '../../auth/caller.ts'
import type { Problem } from '../../core/errors.ts'
import { executeOperation } from '../../execution/execute.ts'
import { OperationTimer } from '../guard/operation-timer.ts'
import type { HttpLimits } from '../limits.ts'
import type { OperationRequest } from '../operation-execution.ts'
import type { RequestLabels } from '../request-labels.ts'
import { formatNextEvent } from '../response/event-stream.ts'
import type { ErrorFormatter } from '../response/format-error.ts'
import { formatOutcome, type ExecutionOutcome } from '../response/operation-response.ts'
import { MessageRequest } from './message-request.ts'
import type { SharedMessages } from './shared-messages.ts'
import type { Subscription } from './subscription.ts'

/** What an execution needs besides its stream. */
export interface ExecutionParts {
  limits: HttpLimits
  sharedMessages: SharedMessages
  createContext(request: OperationRequest): object
  createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter
}

/** The stream for which a message is executed. */
interface ExecutingStream {
  readonly caller: Caller
  readonly origin: string
  readonly labels: RequestLabels
  readonly subscription: Subscription
  readonly parts: ExecutionParts
}

/** The execution of a subscription for one source value. */
export class MessageExecution {
  readonly #stream: ExecutingStream
  readonly #timer: OperationTimer

  constructor(stream: ExecutingStream) {
    const { streamEvent, deadlineGrace } = stream.parts.limits
    this.#stream = stream
    this.#timer = new OperationTimer({ timeoutMs: streamEvent, graceMs: deadlineGrace })
  }

  /** Returns the event for a source value. A failed execution is an event with errors. */
  run(rootValue: unknown): Buffer | Promise<Buffer> {
    const stream = this.#stream
    const { caller, subscription } = stream
    const { createContext, sharedMessages } = stream.parts
    const { plan, variables } = subscription
    this.#timer.start()
    const request = new MessageRequest(stream, this.#timer)
    const end = (outcome: ExecutionOutcome): Buffer => {
      this.#timer.stop()
      const { json, codes } = formatStreamOutcome(stream, outcome, request)
      const message = Buffer.from(formatNextEvent(json))
      // An error contains the request ID of its stream.
      if (codes.length === 0) sharedMessages.add(rootValue, caller, subscription, message)
      return message
    }
    const fail = (error: unknown): Buffer => end({ errors: [error] })
    try {
      const executed = executeOperation({ plan, variables, context: createContext(request), rootValue })
      return executed instanceof Promise ? this.#timer.settle(executed).then(end, fail) : end(executed)
    } catch (error) {
      return fail(error)
    }
  }

  abort(problem: Problem): void {
    this.#timer.abort(problem)
  }
}

/** Formats an outcome as JSON with at most `responseBytes`. */
export function formatStreamOutcome(
  stream: ExecutingStream,
  outcome: ExecutionOutcome,
  { notes }: Pick<MessageRequest, 'notes'>,
) {
  const { labels, caller, parts } = stream
  const formatter = parts.createErrorFormatter(labels.requestId, caller.scopes.has('explore'))
  return formatOutcome(outcome, { formatter, limits: parts.limits, isMutation: false, notes })
}
