import { performance } from 'node:perf_hooks'
import { Problem } from '../../core/errors.ts'
import { getHeapShare } from './memory.ts'

/** How often is looked, and how long each state has to last until it counts; in ms. A burst is worked off by then. */
const sampleIntervalMs = 50
const stateChangeDelaysMs = { busy: 1_000, calm: 500 }
/** In ms since its start: until then a process is slow because its code is not compiled yet, and catches up by itself. */
const warmUpMs = 30_000
/** Above this share of its time an event loop has no pause that is worth the name. */
const busyUtilization = 0.98
/** So late a timer is as telling: a process that waits for its processor looks idle. */
const maxTimerDelayMs = 50
/** So many samples in a row without a pause, and one caller has at most half of `operationsWhileBusy`: others wait for its work. */
const strainedSamples = 4
/** Shares of the heap in use: from the first, only `operationsWhileBusy` operations run; from the second, none begins. */
const heapShares = { busy: 0.7, full: 0.85 }

export interface LoadSheddingLimits {
  /** Operations at one time. */
  operationsInFlight: number
  /** Those of one caller. */
  operationsPerCaller: number
  /** The same while the process has more work than it can do. */
  operationsWhileBusy: number
}

export interface EventLoopGauge {
  /** In ms since the process started. */
  now(): number
  /** The share of its time that the event loop was busy since this was last called. */
  measureUtilization(): number
  /** The share of the heap that is in use. */
  heap(): number
}

/**
 * Decides which operations are begun. Those that wait for a slow vendor cost nothing, so that there may be many; but once the
 * event loop has had no pause for a while, more of them would only make all of them, and every refusal, late.
 */
export class LoadShedder {
  readonly #limits: LoadSheddingLimits
  readonly #gauge: EventLoopGauge
  readonly #timer: NodeJS.Timeout
  #running = 0
  readonly #runningByCaller = new Map<string, number>()
  #isBusy = false
  /** Samples in a row in which the event loop had no pause. */
  #busySamples = 0
  #lookedAt: number
  /** When the loop was first seen in the other state; null where it is not. */
  #since: number | null = null

  constructor(limits: LoadSheddingLimits, gauge: EventLoopGauge = createEventLoopGauge()) {
    this.#limits = limits
    this.#gauge = gauge
    this.#lookedAt = gauge.now()
    this.#timer = setInterval(() => this.measure(), sampleIntervalMs).unref()
  }

  /**
   * Begins an operation of the caller if there is a place. While all places are taken, a caller below its equal share of
   * them still gets one, so that a caller who fills the server keeps nobody else out.
   *
   * @returns Ends the operation. Must be called once.
   * @throws OVERLOADED if there is no place.
   * @throws TOO_MANY_REQUESTS if the caller has more operations in progress than its share.
   */
  tryAcquire(caller: string): () => void {
    const { operationsInFlight, operationsWhileBusy } = this.#limits
    const own = this.#runningByCaller.get(caller) ?? 0
    const callers = this.#runningByCaller.size + (own > 0 ? 0 : 1)
    const heap = this.#gauge.heap()
    const limit = this.#isBusy || heap >= heapShares.busy ? operationsWhileBusy : operationsInFlight
    if (heap >= heapShares.full || this.#running >= 2 * operationsInFlight) throw createOverloaded()
    if (this.#running >= limit && own >= limit / callers)
      throw callers > 1 ? createTooManyRequests() : createOverloaded()
    if (own >= this.#getCallerLimit(own, callers)) throw createTooManyRequests()
    this.#running++
    this.#runningByCaller.set(caller, own + 1)
    return () => this.#end(caller)
  }

  #getCallerLimit(own: number, callers: number): number {
    const { operationsInFlight, operationsPerCaller, operationsWhileBusy } = this.#limits
    const isShared = operationsPerCaller < operationsInFlight
    const isStrained = isShared && this.#busySamples >= strainedSamples
    // A caller that only waits for the work of others is not held back.
    return isStrained && own >= this.#running / callers ? operationsWhileBusy / 2 : operationsPerCaller
  }

  #end(caller: string): void {
    const own = (this.#runningByCaller.get(caller) ?? 0) - 1
    this.#running--
    if (own > 0) this.#runningByCaller.set(caller, own)
    else this.#runningByCaller.delete(caller)
  }

  /** Takes the event loop's measure; happens by itself every 50 ms. */
  measure(): void {
    const now = this.#gauge.now()
    const isLate = now - this.#lookedAt - sampleIntervalMs >= maxTimerDelayMs
    const hasNoPause = this.#gauge.measureUtilization() >= busyUtilization || isLate
    const isBusy = hasNoPause && now >= warmUpMs
    this.#busySamples = hasNoPause ? this.#busySamples + 1 : 0
    this.#lookedAt = now
    if (isBusy === this.#isBusy) this.#since = null
    else if (now - (this.#since ??= now) >= (isBusy ? stateChangeDelaysMs.busy : stateChangeDelaysMs.calm)) {
      this.#isBusy = isBusy
      this.#since = null
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

const createOverloaded = (): Problem =>
  new Problem('OVERLOADED', 'The server has more operations in progress than it can run. Retry later.')

const createTooManyRequests = (): Problem =>
  new Problem('TOO_MANY_REQUESTS', 'You have more operations in progress than your share. Wait until some of them end.')

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
    heap: getHeapShare,
  }
}
