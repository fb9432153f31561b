import { Problem } from '../errors.ts'
import type { Clock } from '../upstream/clock.ts'
import { keyLife } from './key.ts'
import { unknownOutcome } from './outcome.ts'
import { isOf } from './request.ts'
import type { Settler } from './settle.ts'
import type { OperationRecord, Store } from './store.ts'

/** How long in ms operations are remembered, and how often older ones are looked for. */
const memory = 30 * 24 * 60 * 60 * 1000
const tidyPause = 60 * 60 * 1000
/** How long in ms a store that failed is left alone. */
const retryPause = 5_000

export interface UpkeepOptions {
  store: Store
  settler: Settler
  clock: Clock
  onDefect(error: unknown): void
}

/** What the store needs that no caller waits for; done as soon as the store allows it. */
export class Upkeep {
  readonly #options: UpkeepOptions
  readonly #stopping = new AbortController()

  constructor(options: UpkeepOptions) {
    this.#options = options
  }

  /** Takes up what an earlier process left open; then keeps the store small. `isRunning`: in this process. */
  async start(isRunning: (id: string) => boolean): Promise<void> {
    const { store, clock } = this.#options
    const { signal } = this.#stopping
    await this.#insist(() => this.#recover(isRunning))
    while (!signal.aborted) {
      await this.#insist(() => store.forget(clock.now() - memory))
      await clock.sleep(tidyPause, signal).catch(() => {})
    }
  }

  /** An outcome is answered even where the store has failed since; it is then written down when that works again. */
  async writeDown(record: OperationRecord): Promise<void> {
    const write = async (): Promise<void> => void (await this.#options.store.replace(record, ['PENDING', 'UNKNOWN']))
    await write().catch(() => void this.#insist(write))
  }

  stop(): void {
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
  }

  async #insist(work: () => Promise<void>): Promise<void> {
    const { clock, onDefect } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        return await work()
      } catch (error) {
        if (!isOf(error, 'STORE_UNAVAILABLE')) onDefect(error)
        await clock.sleep(retryPause, signal).catch(() => {})
      }
    }
  }

  async #recover(isRunning: (id: string) => boolean): Promise<void> {
    const { store, clock, settler } = this.#options
    const now = clock.now()
    const ended = new Problem('SHUTTING_DOWN', 'The server ended before the vendor answered.')
    for (const record of await store.open(now - keyLife)) {
      if (isRunning(record.id)) continue
      if (record.outcome === 'UNKNOWN') {
        void settler.settle(record)
        continue
      }
      const problems = unknownOutcome(ended)
      const left: OperationRecord = { ...record, outcome: 'UNKNOWN', sentAt: now, finishedAt: now, problems }
      if (await store.replace(left, ['PENDING'])) void settler.settle(left)
    }
  }
}
