import type { IncomingMessage } from 'node:http'
import type { Authenticate } from '../auth/authenticator.ts'
import type { Caller } from '../auth/caller.ts'
import type { ByteBudget, Reservation } from '../core/byte-budget.ts'
import type { Problem } from '../core/errors.ts'
import { PackedSet } from '../core/packed-set.ts'
import { LoadShedder } from './guard/load-shedder.ts'
import { OperationQueue } from './guard/operation-queue.ts'
import { OperationTimer } from './guard/operation-timer.ts'
import type { HttpLimits } from './limits.ts'
import { operationBytes } from './request/json-body.ts'
import type { PendingResponse } from './response/response-sender.ts'

export interface AdmissionOptions {
  authenticate: Authenticate
  /** Called for each operation before its body is read. Throws to reject the operation. */
  beginOperation?(caller: Caller): void
  limits: HttpLimits
}

/** Objects that the admission shares with the rest of the server. */
interface AdmissionParts {
  budget: ByteBudget
  /** Called when a request has valid credentials. */
  onAuthenticated(request: IncomingMessage): void
}

/** An operation that has a slot. */
export interface AdmittedOperation {
  readonly caller: Caller
  /** Memory of the request and its response. */
  readonly memory: Reservation
  /** Not started yet. */
  readonly timer: OperationTimer
  /** Frees the slot. The memory is released when the response was sent, or at once if a stream continues. */
  end(isStreaming?: boolean): void
}

/** Memory that a connection can buffer of a body while the credentials are checked, or while its operation waits. */
const bufferedBytes = 64 * 1024
/** Memory of a request and its response. */
const requestBytes = 16 * 1024

/** Admits operations, whatever their endpoint: checks the credentials, and gives each operation a slot and its memory. */
export class OperationAdmission {
  readonly #options: AdmissionOptions
  readonly #parts: AdmissionParts
  readonly #running = new PackedSet<OperationTimer>()
  #onIdle: (() => void) | null = null
  readonly #loadShedder: LoadShedder
  readonly #queue: OperationQueue

  constructor(options: AdmissionOptions, parts: AdmissionParts) {
    this.#options = options
    this.#parts = parts
    this.#loadShedder = new LoadShedder(options.limits)
    this.#queue = new OperationQueue(this.#loadShedder)
  }

  /**
   * Admits the operation of a request. Returns a promise only if the operation must wait.
   *
   * @param authenticate Default: that of the API.
   * @throws `HttpError` or `Problem` if the operation is rejected.
   */
  admit(
    pending: PendingResponse,
    authenticate: Authenticate = this.#options.authenticate,
  ): AdmittedOperation | Promise<AdmittedOperation> {
    const caller = this.authenticate(pending.request, authenticate)
    return caller instanceof Promise
      ? caller.then((found) => this.#admitCaller(found, pending))
      : this.#admitCaller(caller, pending)
  }

  /**
   * Returns the caller of a request. Requests that wait for the keys of JWTs share one part of the memory, because they
   * have no caller yet.
   */
  authenticate(
    { headers }: IncomingMessage,
    authenticate: Authenticate = this.#options.authenticate,
  ): Caller | Promise<Caller> {
    const caller = authenticate(headers.authorization)
    if (!(caller instanceof Promise)) return caller
    const memory = this.#parts.budget.reserve('')
    const waiting = caller.finally(() => memory.release())
    // If the reservation fails, the request is rejected, and nothing handles this promise.
    waiting.catch(() => {})
    memory.hold(bufferedBytes)
    return waiting
  }

  /** Ends the timers. Call it when no operation follows. */
  close(): void {
    this.#loadShedder.stop()
    this.#queue.close()
  }

  /**
   * Resolves when no operation is running, including operations whose client has disconnected. Call it once, when no
   * request follows.
   */
  waitUntilIdle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve()
    return new Promise((resolve) => (this.#onIdle = resolve))
  }

  /** Aborts all running operations. */
  abort(problem: Problem): void {
    for (const timer of this.#running.list()) timer.abort(problem)
  }

  #admitCaller(caller: Caller, pending: PendingResponse): AdmittedOperation | Promise<AdmittedOperation> {
    this.#parts.onAuthenticated(pending.request)
    this.#options.beginOperation?.(caller)
    const memory = this.#parts.budget.reserve(caller.name)
    try {
      const turn = this.#queue.enter({
        caller: caller.name,
        response: pending.response,
        memory,
        runningBytes: operationBytes,
        waitingBytes: requestBytes + estimateBuffered(pending.request),
      })
      if (!(turn instanceof Promise)) return this.#start(caller, pending, memory, turn)
      return turn.then(
        (leave) => this.#start(caller, pending, memory, leave),
        (error: unknown) => {
          memory.release()
          throw error
        },
      )
    } catch (error) {
      memory.release()
      throw error
    }
  }

  #start(
    caller: Caller,
    { request, response }: PendingResponse,
    memory: Reservation,
    leave: () => void,
  ): AdmittedOperation {
    const { operationDeadline, deadlineGrace } = this.#options.limits
    const timer = new OperationTimer({ timeoutMs: operationDeadline, graceMs: deadlineGrace })
    this.#running.add(timer)
    const end = (isStreaming = false): void => {
      timer.stop()
      this.#running.delete(timer)
      if (this.#running.size === 0) this.#onIdle?.()
      leave()
      if (isStreaming || response.closed || request.socket.destroyed) memory.release()
      else response.on('close', () => memory.release())
    }
    return { caller, memory, timer, end }
  }
}

/** Estimates how many bytes of the body a connection buffers while nothing reads it. */
function estimateBuffered({ headers }: IncomingMessage): number {
  const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : bufferedBytes
  return Math.min(length, bufferedBytes)
}
