import { performance } from 'node:perf_hooks'
import { Problem } from '../../core/errors.ts'
import { getHeapShare } from './memory.ts'

/** Time between two samples of the event loop. */
const sampleIntervalMs = 50
/** Time for which a state must last until it takes effect. A short burst of work is done by then. */
const stateChangeDelaysMs = { busy: 1_000, calm: 500 }
/**
 * Time after the start in which the process never counts as busy. It is slow only because its code is not compiled yet.
 */
const warmUpMs = 30_000
/** The event loop counts as saturated if it is busy for at least this share of the time. */
const busyUtilization = 0.98
/**
 * The event loop also counts as saturated if a timer is at least this late, because a process that waits for the
 * processor looks idle.
 */
const maxTimerDelayMs = 50
/** Number of saturated samples in a row after which one caller can have at most half of `operationsWhileBusy`. */
const minStrainedSamples = 4
/**
 * Shares of the heap. If `busy` is reached, at most `operationsWhileBusy` operations run. If `full` is reached, no
 * operation begins.
 */
const heapShares = { busy: 0.7, full: 0.85 }

export interface LoadSheddingLimits {
  /** Number of operations in progress. */
  operationsInFlight: number
  /** Number of operations in progress of one caller. */
  operationsPerCaller: number
  /** Number of operations in progress while the process is saturated. */
  operationsWhileBusy: number
}

export interface EventLoopGauge {
  /** Returns the time since the process started, in milliseconds. */
  now(): number
  /** Returns the share of time that the event loop was busy since the last call, from 0 to 1. */
  measureUtilization(): number
  /** Returns the share of the heap that is in use, from 0 to 1. */
  measureHeapShare(): number
}

/**
 * Limits the number of operations in progress. Operations that wait for a slow vendor are cheap, so the limit is high.
 * While the event loop is saturated, the limit is low, because more operations would only delay all of them.
 */
export class LoadShedder {
  readonly #limits: LoadSheddingLimits
  readonly #gauge: EventLoopGauge
  readonly #timer: NodeJS.Timeout
  #running = 0
  readonly #runningByCaller = new Map<string, number>()
  #isBusy = false
  /** Number of saturated samples in a row. */
  #saturatedSamples = 0
  #measuredAt: number
  /**
   * When the first of the latest samples with another state than `#isBusy` was taken. Null if the last sample had the
   * same state.
   */
  #changingSince: number | null = null

  constructor(limits: LoadSheddingLimits, gauge: EventLoopGauge = createEventLoopGauge()) {
    this.#limits = limits
    this.#gauge = gauge
    this.#measuredAt = gauge.now()
    this.#timer = setInterval(() => this.measure(), sampleIntervalMs).unref()
  }

  /**
   * Returns the code with which an operation of the caller must be rejected. Null if it can begin. If the limit is reached,
   * a caller with less than an equal share can still begin one, so that one caller cannot keep other callers out.
   *
   * - `OVERLOADED`: the limit is reached, or the heap is nearly full.
   * - `TOO_MANY_REQUESTS`: the caller has at least its share of operations in progress.
   */
  findRejection(caller: string): RejectionCode | null {
    const { operationsInFlight, operationsWhileBusy } = this.#limits
    const callerRunning = this.#runningByCaller.get(caller) ?? 0
    const callers = this.#runningByCaller.size + (callerRunning > 0 ? 0 : 1)
    const heap = this.#gauge.measureHeapShare()
    const limit = this.#isBusy || heap >= heapShares.busy ? operationsWhileBusy : operationsInFlight
    if (heap >= heapShares.full || this.#running >= 2 * operationsInFlight) return 'OVERLOADED'
    if (this.#running >= limit && callerRunning >= limit / callers)
      return callers > 1 ? 'TOO_MANY_REQUESTS' : 'OVERLOADED'
    return callerRunning >= this.#getCallerLimit(callerRunning, callers) ? 'TOO_MANY_REQUESTS' : null
  }

  /** Whether an operation that must be rejected now can begin as soon as others end. */
  canRecover(): boolean {
    return this.#gauge.measureHeapShare() < heapShares.full
  }

  /** Counts an operation of the caller. Returns a function that ends it, which must be called once. */
  begin(caller: string): () => void {
    this.#running++
    this.#runningByCaller.set(caller, (this.#runningByCaller.get(caller) ?? 0) + 1)
    return () => this.#end(caller)
  }

  #getCallerLimit(callerRunning: number, callers: number): number {
    const { operationsInFlight, operationsPerCaller, operationsWhileBusy } = this.#limits
    const isShared = operationsPerCaller < operationsInFlight
    const isStrained = isShared && this.#saturatedSamples >= minStrainedSamples
    // The limit is lower only for callers with at least an equal share of the operations.
    return isStrained && callerRunning >= this.#running / callers ? operationsWhileBusy / 2 : operationsPerCaller
  }

  #end(caller: string): void {
    const callerRunning = (this.#runningByCaller.get(caller) ?? 0) - 1
    this.#running--
    if (callerRunning > 0) this.#runningByCaller.set(caller, callerRunning)
    else this.#runningByCaller.delete(caller)
  }

  /** Takes a sample of the event loop. Called automatically every 50 ms. */
  measure(): void {
    const now = this.#gauge.now()
    const isLate = now - this.#measuredAt - sampleIntervalMs >= maxTimerDelayMs
    const isSaturated = this.#gauge.measureUtilization() >= busyUtilization || isLate
    const isBusy = isSaturated && now >= warmUpMs
    this.#saturatedSamples = isSaturated ? this.#saturatedSamples + 1 : 0
    this.#measuredAt = now
    if (isBusy === this.#isBusy) this.#changingSince = null
    else if (now - (this.#changingSince ??= now) >= (isBusy ? stateChangeDelaysMs.busy : stateChangeDelaysMs.calm)) {
      this.#isBusy = isBusy
      this.#changingSince = null
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

const rejections = {
  OVERLOADED: 'The server is overloaded. Retry after the time in the Retry-After header.',
  TOO_MANY_REQUESTS: 'You have too many operations in progress. Wait until some of them end.',
} as const
export type RejectionCode = keyof typeof rejections

export const createRejection = (code: RejectionCode): Problem => new Problem(code, rejections[code])

function createEventLoopGauge(): EventLoopGauge {
  let before = performance.eventLoopUtilization()
  return {
    now: () => performance.now(),
    measureUtilization: () => {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      return utilization
    },
    measureHeapShare: getHeapShare,
  }
}
