import { createInternalProblem, Problem } from '../../core/errors.ts'
import type { Clock } from '../../upstream/clock.ts'
import type { VendorMessage } from '../../vendors/vendor-events.ts'
import type { Gap } from '../log/log-entry.ts'
import type { SourceSink } from './source.ts'

/** Messages that wait while the event log is unavailable. Each has at most 64 KiB. */
const maxWaiting = 500
const retryMs = 1_000

type Item = { gap: Gap } | { message: VendorMessage; receivedAt: number }

/**
 * Records what an event connection delivers, in order. The vendor sends nothing again, so messages wait while the event log
 * is unavailable. If too many wait, a gap takes their place.
 */
export class MessageRecorder {
  readonly #sink: SourceSink
  readonly #clock: Clock
  readonly #signal: AbortSignal
  #waiting: Item[] = []
  #isRecording = false

  /** @param signal Stops recording. */
  constructor(sink: SourceSink, clock: Clock, signal: AbortSignal) {
    this.#sink = sink
    this.#clock = clock
    this.#signal = signal
  }

  /** Time after which events wait, in milliseconds since the epoch. Null if every event is recorded. */
  get waitingSince(): number | null {
    const [oldest] = this.#waiting
    return oldest ? getTime(oldest) : null
  }

  addMessage(message: VendorMessage): void {
    this.#add({ message, receivedAt: this.#clock.now() })
  }

  addGap(gap: Gap): void {
    this.#add({ gap })
  }

  #add(item: Item): void {
    if (this.#waiting.length >= maxWaiting) {
      const [oldest] = this.#waiting as [Item]
      this.#waiting = [{ gap: { since: getTime(oldest), until: this.#clock.now() } }]
    }
    this.#waiting.push(item)
    if (!this.#isRecording) void this.#recordAll()
  }

  async #recordAll(): Promise<void> {
    this.#isRecording = true
    for (let item = this.#waiting[0]; item && !this.#signal.aborted; item = this.#waiting[0]) {
      try {
        await this.#record(item)
      } catch (error) {
        if (error instanceof Problem && error.code === 'STORE_UNAVAILABLE') {
          await this.#clock.sleep(retryMs, this.#signal).catch(() => {})
          continue
        }
        this.#sink.reportInterrupted(createInternalProblem({ cause: error }))
      }
      // Meanwhile, a gap can have taken its place.
      if (this.#waiting[0] === item) this.#waiting.shift()
    }
    this.#isRecording = false
  }

  #record(item: Item): Promise<void> {
    return 'gap' in item ? this.#sink.record(item.gap, []) : this.#sink.recordMessage(item.message, 'SOCKET')
  }
}

const getTime = (item: Item): number => ('gap' in item ? item.gap.since : item.receivedAt)
