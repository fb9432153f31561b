/** Work of one caller that waits for a place. */
export interface Waiter {
  readonly caller: string
  /** Whether it can start now, if there is a place. Default: always. */
  isReady?(): boolean
  /** Called when it has a place, which it keeps until `leave`. */
  start(): void
  /** Called when the queue is full and another caller's work takes its position. */
  onEvicted(): void
}

export interface FairQueueOptions {
  /** Work in flight at one time. */
  maxInFlight: number
  /** Work that can wait. */
  maxWaiting: number
  /** Whether several callers can use it. Then one caller alone never takes every place. */
  isShared: boolean
}

interface CallerQueue<W> {
  inFlight: number
  waiting: W[]
}

/**
 * Shares a number of places among callers. The next place goes to the waiting caller with the least work in flight, and
 * among equals to the one that was served the longest time ago.
 */
export class FairQueue<W extends Waiter = Waiter> {
  readonly #maxInFlight: number
  readonly #maxWaiting: number
  #maxShare = 0
  #reservedSlots = 0
  /** Callers that have work here, the one served last at the end. */
  readonly #callerQueues = new Map<string, CallerQueue<W>>()
  #inFlight = 0
  #waiting = 0

  constructor({ maxInFlight, maxWaiting, isShared }: FairQueueOptions) {
    this.#maxInFlight = maxInFlight
    this.#maxWaiting = maxWaiting
    this.setShared(isShared)
  }

  /** Sets whether several callers can use it. */
  setShared(isShared: boolean): void {
    // Work cannot be taken back: what one caller never holds is there at once for whoever comes next.
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
    return this.#callerQueues.size === 0
  }

  /** Takes a place at once. Returns false if there is none, or if others wait for one. */
  tryEnter(caller: string): boolean {
    if (this.#waiting > 0 || this.#inFlight >= this.#maxInFlight) return false
    const line = this.#callerQueues.get(caller)
    if (line && !this.#canTakeSlot(line)) return false
    this.#takeSlot(caller, line ?? { inFlight: 0, waiting: [] })
    return true
  }

  /** Starts `waiter` if it has its turn, or lets it wait. If too many wait, the caller with the most gives way. */
  enter(waiter: W): void {
    const line = this.#callerQueues.get(waiter.caller) ?? this.#addCallerQueue(waiter.caller)
    line.waiting.push(waiter)
    this.#waiting++
    this.startNext()
    if (this.#waiting <= this.#maxWaiting) return
    const last = this.#findLongest(waiter.caller).waiting.at(-1)!
    this.cancel(last)
    last.onEvicted()
  }

  /** Removes a waiter that no longer wants a place. */
  cancel(waiter: W): void {
    const line = this.#callerQueues.get(waiter.caller)
    const index = line?.waiting.indexOf(waiter) ?? -1
    if (!line || index < 0) return
    line.waiting.splice(index, 1)
    this.#waiting--
    this.#dropEmpty(waiter.caller, line)
  }

  /** Frees the place of work that has ended. */
  leave(caller: string): void {
    const line = this.#callerQueues.get(caller)!
    line.inFlight--
    this.#inFlight--
    this.#dropEmpty(caller, line)
    this.startNext()
  }

  /** Starts what can start. To be called when a waiter has become ready. */
  startNext(): void {
    for (let next = this.#findNext(); next; next = this.#findNext()) {
      const { caller, line, index } = next
      const [waiter] = line.waiting.splice(index, 1)
      this.#waiting--
      this.#takeSlot(caller, line)
      waiter!.start()
    }
  }

  /** Work that waits. */
  listWaiting(): W[] {
    return [...this.#callerQueues.values()].flatMap(({ waiting }) => waiting)
  }

  #takeSlot(caller: string, line: CallerQueue<W>): void {
    line.inFlight++
    this.#inFlight++
    this.#callerQueues.delete(caller)
    this.#callerQueues.set(caller, line)
  }

  #findNext(): { caller: string; line: CallerQueue<W>; index: number } | null {
    let next: { caller: string; line: CallerQueue<W>; index: number } | null = null
    if (this.#waiting === 0 || this.#inFlight >= this.#maxInFlight) return next
    for (const [caller, line] of this.#callerQueues) {
      if (next && line.inFlight >= next.line.inFlight) continue
      if (!this.#canTakeSlot(line)) continue
      const index = line.waiting.findIndex((waiter) => waiter.isReady?.() ?? true)
      if (index >= 0) next = { caller, line, index }
    }
    return next
  }

  #canTakeSlot({ inFlight }: CallerQueue<W>): boolean {
    if (inFlight === 0) return true
    return inFlight < this.#maxShare && this.#maxInFlight - this.#inFlight > this.#reservedSlots
  }

  /** The caller with the most waiters. Of equals, `newest`: replacing one by the other would make nothing fairer. */
  #findLongest(newest: string): CallerQueue<W> {
    let longest = this.#callerQueues.get(newest)!
    for (const line of this.#callerQueues.values()) if (line.waiting.length > longest.waiting.length) longest = line
    return longest
  }

  #addCallerQueue(caller: string): CallerQueue<W> {
    const line: CallerQueue<W> = { inFlight: 0, waiting: [] }
    this.#callerQueues.set(caller, line)
    return line
  }

  #dropEmpty(caller: string, { inFlight, waiting }: CallerQueue<W>): void {
    if (inFlight === 0 && waiting.length === 0) this.#callerQueues.delete(caller)
  }
}
