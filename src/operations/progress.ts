import { Problem } from '../errors.ts'
import type { Clock } from '../upstream/clock.ts'

/** The time of an upload: as much as it takes while bytes go by, and an operation's own after the last of them. */
export class UploadTime {
  readonly #clock: Clock
  readonly #time: number
  readonly #ended = new AbortController()
  #last: number

  /** `time`: in ms, without a byte. */
  constructor(clock: Clock, time: number) {
    this.#clock = clock
    this.#time = time
    this.#last = clock.now()
    void this.#watch()
  }

  /** Milliseconds since the epoch; moves on with every byte. */
  get deadline(): number {
    return this.#last + this.#time
  }

  get signal(): AbortSignal {
    return this.#ended.signal
  }

  progress(): void {
    this.#last = this.#clock.now()
  }

  end(): void {
    this.#ended.abort(new Problem('INTERNAL', 'The upload has ended.'))
  }

  async #watch(): Promise<void> {
    while (!this.signal.aborted) {
      const left = this.deadline - this.#clock.now()
      if (left <= 0) {
        const text = `For ${this.#time / 1000} s nothing of the upload went on.`
        this.#ended.abort(new Problem('DEADLINE_EXCEEDED', text))
      } else await this.#clock.sleep(left, this.signal).catch(() => {})
    }
  }
}
