/** Work of one caller that waits for a slot. */
export interface Waiter {
  readonly caller: string
  /** Whether the work can start when a slot is free. Default: always. */
  isReady?(): boolean
  /** Starts the work. It holds its slot until `leave` is called. */
  start(): void
  /** Reports that the queue is full and that this work was removed from it. */
  onEvicted(): void
}

export interface FairQueueOptions {
  /** Number of slots. */
  maxInFlight: number
  /** Maximum number of waiters. */
  maxWaiting: number
  /** Whether several callers use the queue. One caller alone then never takes every slot. */
  isShared: boolean
}

interface CallerQueue<W> {
  inFlight: number
  waiting: W[]
}

/**
 * Shares slots fairly among callers. The next slot goes to the waiting caller with the least work in flight; among equals,
 * to the one that was served the longest time ago.
 */
export class FairQueue<W extends Waiter = Waiter> {
  readonly #maxInFlight: number
  readonly #maxWaiting: number
  #maxShare = 0
  #reservedSlots = 0
  /** Callers with work in flight or waiting, the one that was served last at the end. If there is none, it can have one other. */
  readonly #callerQueues = new Map<string, CallerQueue<W>>()
  #inFlight = 0
  #waiting = 0

  constructor({ maxInFlight, maxWaiting, isShared }: FairQueueOptions) {
    this.#maxInFlight = maxInFlight
    this.#maxWaiting = maxWaiting
    this.setShared(isShared)
  }

  /** Sets whether several callers use the queue. */
  setShared(isShared: boolean): void {
    // Work in flight cannot be interrupted. Slots that one caller can never take are free at once for the next caller.
    this.#maxShare = isShared ? Math.ceil(this.#maxInFlight / 2) : this.#maxInFlight
    this.#reservedSlots = isShared ? Math.floor(this.#maxInFlight / 8) : 0
  }

  get inFlight(): number {
    return this.#inFlight
  }
  get waiting(): number {
    return this.#waiting
  }
  get isIdle(): boolean {
    return this.#inFlight === 0 && this.#waiting === 0
  }

  /** Takes a slot at once. Returns false if none is free or if other work is waiting. */
  tryEnter(caller: string): boolean {
    if (this.#waiting > 0 || this.#inFlight >= this.#maxInFlight) return false
    const callerQueue = this.#callerQueues.get(caller)
    if (callerQueue && !this.#canTakeSlot(callerQueue)) return false
    this.#takeSlot(caller, callerQueue ?? this.#addCallerQueue(caller))
    return true
  }

  /** Starts the waiter, or lets it wait. If too many wait, the last waiter of the caller with the most waiters is evicted. */
  enter(waiter: W): void {
    const callerQueue = this.#callerQueues.get(waiter.caller) ?? this.#addCallerQueue(waiter.caller)
    callerQueue.waiting.push(waiter)
    this.#waiting++
    this.startNext()
    if (this.#waiting <= this.#maxWaiting) return
    const last = this.#findLongest(waiter.caller).waiting.at(-1)!
    this.cancel(last)
    last.onEvicted()
  }

  /** Removes a waiter that has not started. */
  cancel(waiter: W): void {
    const callerQueue = this.#callerQueues.get(waiter.caller)
    const index = callerQueue?.waiting.indexOf(waiter) ?? -1
    if (!callerQueue || index < 0) return
    callerQueue.waiting.splice(index, 1)
    this.#waiting--
    this.#dropEmpty(waiter.caller, callerQueue)
  }

  /** Frees the slot of work that has ended. */
  leave(caller: string): void {
    const callerQueue = this.#callerQueues.get(caller)!
    callerQueue.inFlight--
    this.#inFlight--
    this.#dropEmpty(caller, callerQueue)
    this.startNext()
  }

  /** Starts all waiters that can start. Must be called when a waiter has become ready. */
  startNext(): void {
    for (let next = this.#findNext(); next; next = this.#findNext()) {
      const { caller, callerQueue, index } = next
      const [waiter] = callerQueue.waiting.splice(index, 1)
      this.#waiting--
      this.#takeSlot(caller, callerQueue)
      waiter!.start()
    }
  }

  /** Returns all waiters. */
  listWaiting(): W[] {
    return [...this.#callerQueues.values()].flatMap(({ waiting }) => waiting)
  }

  #takeSlot(caller: string, callerQueue: CallerQueue<W>): void {
    callerQueue.inFlight++
    this.#inFlight++
    // A caller who is alone is at the end.
    if (this.#callerQueues.size === 1) return
    this.#callerQueues.delete(caller)
    this.#callerQueues.set(caller, callerQueue)
  }

  #findNext(): { caller: string; callerQueue: CallerQueue<W>; index: number } | null {
    let next: { caller: string; callerQueue: CallerQueue<W>; index: number } | null = null
    if (this.#waiting === 0 || this.#inFlight >= this.#maxInFlight) return next
    for (const [caller, callerQueue] of this.#callerQueues) {
      if (next && callerQueue.inFlight >= next.callerQueue.inFlight) continue
      if (!this.#canTakeSlot(callerQueue)) continue
      const index = callerQueue.waiting.findIndex((waiter) => waiter.isReady?.() ?? true)
      if (index >= 0) next = { caller, callerQueue, index }
    }
    return next
  }

  #canTakeSlot({ inFlight }: CallerQueue<W>): boolean {
    if (inFlight === 0) return true
    return inFlight < this.#maxShare && this.#maxInFlight - this.#inFlight > this.#reservedSlots
  }

  /** Finds the caller with the most waiters. Among equals it is `newest`, because evicting another would not be fairer. */
  #findLongest(newest: string): CallerQueue<W> {
    let longest = this.#callerQueues.get(newest)!
    for (const callerQueue of this.#callerQueues.values())
      if (callerQueue.waiting.length > longest.waiting.length) longest = callerQueue
    return longest
  }

  #addCallerQueue(caller: string): CallerQueue<W> {
    // The caller who was alone would otherwise be served before callers who have waited longer.
    if (this.isIdle) this.#callerQueues.clear()
    const callerQueue: CallerQueue<W> = { inFlight: 0, waiting: [] }
    this.#callerQueues.set(caller, callerQueue)
    return callerQueue
  }

  /** Keeps the queue of a caller who is alone, so that it is not created again for each work. */
  #dropEmpty(caller: string, { inFlight, waiting }: CallerQueue<W>): void {
    if (inFlight === 0 && waiting.length === 0 && this.#callerQueues.size > 1) this.#callerQueues.delete(caller)
  }
}
