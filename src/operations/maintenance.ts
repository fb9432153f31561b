import { Problem } from '../core/errors.ts'
import type { Clock } from '../upstream/clock.ts'
import type { AgeClock } from './age-clock.ts'
import { keyTtlMs } from './idempotency.ts'
import { toProblem, createUnknownOutcomeProblems } from './outcome.ts'
import type { ProcessRegistry } from './process-registry.ts'
import { recordAgain } from './record-again.ts'
import { hasCode } from './mutation.ts'
import type { OutcomeReconciler } from './reconciler.ts'
import type { OperationRecord, Store } from './store.ts'

/** How long in ms operations are remembered, and how often older ones are looked for. */
const retentionMs = 30 * 24 * 60 * 60 * 1000
const cleanupIntervalMs = 60 * 60 * 1000
/** How often in ms what ended processes left open is looked for. */
const recoveryIntervalMs = 5_000
/** How long in ms a store that failed is left alone. */
const storeRetryDelayMs = 5_000
/** Operations whose first record may stand in a store that failed; each takes about 1 KiB until it is corrected. */
const maxDoubtful = 1_000

export interface StoreMaintenanceOptions {
  store: Store
  presence: ProcessRegistry
  settler: OutcomeReconciler
  clock: Clock
  ages: AgeClock
  onDefect(error: unknown): void
}

/** What the store needs that no caller waits for; done as soon as the store allows it. */
export class StoreMaintenance {
  readonly #options: StoreMaintenanceOptions
  readonly #stopping = new AbortController()
  #loop = Promise.resolve()
  /** Writes of outcomes that could not be recorded yet, by operation ID. */
  readonly #unwritten = new Map<string, () => Promise<unknown>>()
  #isRetrying = false

  constructor(options: StoreMaintenanceOptions) {
    this.#options = options
  }

  /** Recovers the operations of processes that have ended, and keeps the store small, until `stop`. */
  start(): void {
    this.#loop = this.#maintain()
  }

  async #maintain(): Promise<void> {
    const { clock, ages } = this.#options
    const { signal } = this.#stopping
    let tidied = -Infinity
    while (!signal.aborted) {
      if ((await this.#attempt(() => this.#check())) && !signal.aborted) {
        await this.#attempt(() => this.#recoverAbandoned())
        const now = ages.now()
        const isDue = now >= tidied + cleanupIntervalMs
        if (isDue && (await this.#attempt(() => this.#deleteExpired()))) tidied = now
      }
      await clock.sleep(recoveryIntervalMs, signal).catch(() => {})
    }
  }

  /** As the store does. Where that failed it may stand there all the same, and then must not hold its key for ever. */
  async insertOrRelease(record: OperationRecord): Promise<OperationRecord | null> {
    const { store, clock } = this.#options
    try {
      return await store.insert(record)
    } catch (error) {
      if (hasCode(error, 'STORE_QUOTA_EXCEEDED')) throw error
      const problems = [toProblem(error)]
      // Retries of any number of mutations would keep a store that works again busy.
      if (this.#unwritten.size < maxDoubtful)
        void this.#writeOrRetry(record.id, () =>
          this.#correct({
            ...record,
            outcome: 'NOT_SENT',
            holdsKey: false,
            lookup: null,
            finishedAt: clock.now(),
            problems,
          }),
        )
      throw error
    }
  }

  /** An outcome is answered even where the store has failed since; it is then written down when that works again. */
  persist(record: OperationRecord): Promise<void> {
    return this.#writeOrRetry(record.id, async () => {
      if (!(await this.#correct(record))) await recordAgain(this.#options.store, record)
    })
  }

  /** Resolves when the maintenance no longer uses the store. */
  stop(): Promise<void> {
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
    return this.#loop
  }

  /** Returns false if the store has no open operation with this ID. */
  #correct(record: OperationRecord): Promise<boolean> {
    return this.#options.store.updateIf(record, ['PENDING', 'UNKNOWN'])
  }

  async #writeOrRetry(id: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write()
    } catch {
      this.#unwritten.set(id, write)
      if (!this.#isRetrying) void this.#retryWrites()
    }
  }

  /** Records what could not be recorded before, one operation after another. */
  async #retryWrites(): Promise<void> {
    const { clock } = this.#options
    const { signal } = this.#stopping
    this.#isRetrying = true
    for (const [id, write] of this.#unwritten) {
      while (!signal.aborted && !(await this.#attempt(write)))
        await clock.sleep(storeRetryDelayMs, signal).catch(() => {})
      this.#unwritten.delete(id)
    }
    this.#isRetrying = false
  }

  async #check(): Promise<void> {
    await this.#options.presence.register()
    await this.#options.store.check()
  }

  /** Returns false if the store failed. An internal error is reported, and would only happen again. */
  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
    } catch (error) {
      if (hasCode(error, 'STORE_UNAVAILABLE')) return false
      this.#options.onDefect(error)
    }
    return true
  }

  async #deleteExpired(): Promise<void> {
    const { store, ages } = this.#options
    await store.deleteOlderThan(ages.expiredBefore(retentionMs))
    await store.releaseKeysOlderThan(ages.expiredBefore(keyTtlMs))
  }

  async #recoverAbandoned(): Promise<void> {
    const { store, presence, clock, settler } = this.#options
    const now = clock.now()
    const ended = new Problem('SHUTTING_DOWN', 'The server ended before the vendor answered.')
    for (const record of await store.listUnresolved(now - keyTtlMs, await presence.listAlive())) {
      const { outcome } = record
      const cut = outcome === 'PENDING' && {
        sentAt: now,
        finishedAt: now,
        problems: createUnknownOutcomeProblems(ended),
      }
      const taken: OperationRecord = { ...record, ...cut, outcome: 'UNKNOWN', process: presence.id }
      if (await store.updateIf(taken, [outcome])) void settler.reconcile(taken)
    }
  }
}
