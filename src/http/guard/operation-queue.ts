import type { ServerResponse } from 'node:http'
import type { Reservation } from '../../core/byte-budget.ts'
import { Problem } from '../../core/errors.ts'
import { CompletionRate } from './completion-rate.ts'
import { createRejection, type LoadShedder } from './load-shedder.ts'

/** Maximum time that an operation waits. */
const maxWaitMs = 3_000
/** Share of the operations that end within `maxWaitMs` that can wait, so that few of them wait in vain. */
const waitingShare = 0.8
/** Maximum number of waiting operations. */
const maxWaiting = 1_000
/** Time between two checks whether an operation can begin or has waited too long. */
const checkIntervalMs = 50

/** An operation that is to begin. */
export interface QueuedOperation {
  caller: string
  /** Response of the operation. If it is closed, the operation no longer waits. */
  response: Pick<ServerResponse, 'closed'>
  /** Reserves the memory of the operation. */
  memory: Reservation
  /** Memory that the operation needs when it begins. */
  runningBytes: number
  /** Memory that the operation needs while it waits. */
  waitingBytes: number
}

/** Refers to few objects: with hundreds of waiting operations, copying them is most of the work of the garbage collector. */
interface Waiter {
  operation: QueuedOperation
  since: number
  begin(end: () => void): void
  reject(problem: Problem): void
}

/**
 * Lets an operation wait if it cannot begin at once, because rejecting an operation costs a good part of what executing
 * it costs. An operation that would wait too long is rejected at once.
 */
export class OperationQueue {
  readonly #shedder: LoadShedder
  readonly #now: () => number
  readonly #rate: CompletionRate
  /** Waiting operations by caller. The caller whose operation began last is at the end. */
  readonly #waiters = new Map<string, Waiter[]>()
  #waiting = 0
  /** Whether waiting operations begin at the end of this turn of the event loop. */
  #isScheduled = false
  #timer: NodeJS.Timeout | null = null

  constructor(shedder: LoadShedder, now: () => number = () => performance.now()) {
    this.#shedder = shedder
    this.#now = now
    this.#rate = new CompletionRate(now)
  }

  /**
   * Begins an operation when it has a slot and memory.
   *
   * @returns A function that ends the operation, or a promise of it if the operation must wait. Must be called once.
   * @throws `OVERLOADED` or `TOO_MANY_REQUESTS`; the promise rejects with them, too.
   */
  enter(operation: QueuedOperation): (() => void) | Promise<() => void> {
    const { caller, memory, runningBytes, waitingBytes } = operation
    const rejection = this.#shedder.findRejection(caller)
    if (!rejection && !this.#waiters.has(caller) && memory.resize(runningBytes)) return this.#begin(caller)
    if (!this.#shedder.canRecover() || !this.#makeRoom(caller)) {
      if (!rejection) memory.hold(runningBytes)
      throw createRejection(rejection ?? 'OVERLOADED')
    }
    memory.hold(waitingBytes)
    return this.#wait(operation)
  }

  /**
   * Begins the operations that can begin, and rejects those that have waited too long or whose client has disconnected. Called
   * every 50 ms while any wait.
   */
  check(): void {
    this.#beginNext()
    const latest = this.#now() - maxWaitMs
    for (const waiters of this.#waiters.values()) {
      for (const waiter of waiters.filter(({ operation }) => operation.response.closed)) this.#drop(waiter)
      while (waiters[0] && waiters[0].since <= latest) this.#reject(waiters[0])
    }
    if (this.#waiting === 0) this.close()
  }

  /** Ends the timer. */
  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  #begin(caller: string): () => void {
    const end = this.#shedder.begin(caller)
    return () => {
      end()
      this.#rate.count()
      this.#scheduleNext()
    }
  }

  /**
   * Begins waiting operations when the other events of this turn of the event loop have been handled. Operations that begin
   * together run the same code in a row, which costs less than alternating with the code that ends operations.
   */
  #scheduleNext(): void {
    if (this.#waiting === 0 || this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#beginNext()
    })
  }

  #wait(operation: QueuedOperation): Promise<() => void> {
    return new Promise((begin, reject) => {
      const waiter: Waiter = { operation, since: this.#now(), begin, reject }
      const waiters = this.#waiters.get(operation.caller)
      if (waiters) waiters.push(waiter)
      else this.#waiters.set(operation.caller, [waiter])
      this.#waiting++
      this.#timer ??= setInterval(() => this.check(), checkIntervalMs).unref()
    })
  }

  /** Begins waiting operations, callers in turn, until none can begin. */
  #beginNext(): void {
    // A caller whose operation begins is visited again after the others.
    for (const [caller, waiters] of this.#waiters) {
      while (waiters[0]?.operation.response.closed) this.#drop(waiters[0])
      const [waiter] = waiters
      if (!waiter || this.#shedder.findRejection(caller)) continue
      const { memory, runningBytes } = waiter.operation
      if (!memory.resize(runningBytes)) continue
      this.#remove(waiter)
      this.#moveToEnd(caller)
      waiter.begin(this.#begin(caller))
    }
  }

  /** Returns whether one more operation of the caller can wait. If too many wait, the caller with the most gives up one. */
  #makeRoom(caller: string): boolean {
    const room = Math.min(maxWaiting, waitingShare * this.#rate.predict(maxWaitMs))
    if (this.#waiting < Math.floor(room)) return true
    const longest = [...this.#waiters.values()].reduce<readonly Waiter[]>(
      (found, waiters) => (waiters.length > found.length ? waiters : found),
      [],
    )
    if (longest.length <= (this.#waiters.get(caller)?.length ?? 0) + 1) return false
    this.#reject(longest.at(-1)!)
    return true
  }

  #reject(waiter: Waiter): void {
    this.#remove(waiter)
    waiter.reject(createRejection(this.#shedder.findRejection(waiter.operation.caller) ?? 'OVERLOADED'))
  }

  #drop(waiter: Waiter): void {
    this.#remove(waiter)
    waiter.reject(new Problem('DEADLINE_EXCEEDED', 'The client closed the connection before the operation began.'))
  }

  #remove(waiter: Waiter): void {
    const { caller } = waiter.operation
    const waiters = this.#waiters.get(caller)!
    // `splice` is slow for a long queue, and the first waiter nearly always leaves first.
    if (waiters[0] === waiter) waiters.shift()
    else waiters.splice(waiters.indexOf(waiter), 1)
    this.#waiting--
    if (waiters.length === 0) this.#waiters.delete(caller)
  }

  #moveToEnd(caller: string): void {
    const waiters = this.#waiters.get(caller)
    if (!waiters) return
    this.#waiters.delete(caller)
    this.#waiters.set(caller, waiters)
  }
}
