import { performance } from 'node:perf_hooks'

/** How often is looked, and how long each state has to last until it counts; in ms. A burst is worked off by then. */
const period = 50
const patience = { busy: 1_000, calm: 500 }
/** In ms since its start: until then a process is slow because its code is not compiled yet, and catches up by itself. */
const warmUp = 30_000
/** Above this share of its time an event loop has no pause that is worth the name. */
const saturation = 0.98
/** So late a timer is as telling: a process that waits for its processor looks idle. */
const lateness = 50

export interface AdmissionLimits {
  /** Operations at one time. */
  operationsInFlight: number
  /** The same while the process has more work than it can do. */
  operationsWhileBusy: number
}

/** The clock (in ms since the process started), and the share of its time that the event loop was busy since this was last asked. */
export interface Gauge {
  now(): number
  busy(): number
}

/**
 * Decides which operations are begun. Those that wait for a slow vendor cost nothing, so that there may be many; but once the
 * event loop has had no pause for a while, more of them would only make all of them, and every refusal, late.
 */
export class Admission {
  readonly #limits: AdmissionLimits
  readonly #gauge: Gauge
  readonly #timer: NodeJS.Timeout
  #running = 0
  #isBusy = false
  #lookedAt: number
  /** When the loop was first seen in the other state; null where it is not. */
  #since: number | null = null

  constructor(limits: AdmissionLimits, gauge: Gauge = eventLoop()) {
    this.#limits = limits
    this.#gauge = gauge
    this.#lookedAt = gauge.now()
    this.#timer = setInterval(() => this.look(), period).unref()
  }

  /** Whether one more may begin; `end` is to be called for each that did. */
  begin(): boolean {
    const { operationsInFlight, operationsWhileBusy } = this.#limits
    const isFull = this.#running >= (this.#isBusy ? operationsWhileBusy : operationsInFlight)
    if (!isFull) this.#running++
    return !isFull
  }

  end(): void {
    this.#running--
  }

  /** Takes the event loop's measure; happens by itself every 50 ms. */
  look(): void {
    const now = this.#gauge.now()
    const isLate = now - this.#lookedAt - period >= lateness
    const isBusy = (this.#gauge.busy() >= saturation || isLate) && now >= warmUp
    this.#lookedAt = now
    if (isBusy === this.#isBusy) this.#since = null
    else if (now - (this.#since ??= now) >= (isBusy ? patience.busy : patience.calm)) {
      this.#isBusy = isBusy
      this.#since = null
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

function eventLoop(): Gauge {
  let before = performance.eventLoopUtilization()
  return {
    now: () => performance.now(),
    busy: () => {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      return utilization
    },
  }
}
