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

/** How long operations are stored, in milliseconds: 30 days. */
const retentionMs = 30 * 24 * 60 * 60 * 1000
/** How often older operations are deleted, in milliseconds. */
const cleanupIntervalMs = 60 * 60 * 1000
/** How often the operations of stopped processes are recovered, in milliseconds. */
const recoveryIntervalMs = 5_000
/** Delay before a failed write to the store is retried, in milliseconds. */
const storeRetryDelayMs = 5_000
/** Maximum number of pending corrections of failed inserts. Each takes about 1 KiB of memory. */
const maxCorrections = 1_000

export interface StoreMaintenanceOptions {
  store: Store
  processRegistry: ProcessRegistry
  reconciler: OutcomeReconciler
  clock: Clock
  ages: AgeClock
  onInternalError(error: unknown): void
}

/** Store maintenance: recovers abandoned operations, releases idempotency keys, deletes old operations, and retries failed writes. */
export class StoreMaintenance {
  readonly #options: StoreMaintenanceOptions
  readonly #stopping = new AbortController()
  #loop = Promise.resolve()
  /** Writes that failed and are retried, by operation ID. */
  readonly #pendingWrites = new Map<string, () => Promise<unknown>>()
  #isRetrying = false

  constructor(options: StoreMaintenanceOptions) {
    this.#options = options
  }

  /** Recovers the operations of stopped processes and deletes old operations, until `stop` is called. */
  start(): void {
    this.#loop = this.#maintain()
  }

  async #maintain(): Promise<void> {
    const { clock, ages } = this.#options
    const { signal } = this.#stopping
    let cleanedUpAt = -Infinity
    while (!signal.aborted) {
      if ((await this.#attempt(() => this.#check())) && !signal.aborted) {
        await this.#attempt(() => this.#recoverAbandoned())
        const now = ages.now()
        const isDue = now >= cleanedUpAt + cleanupIntervalMs
        if (isDue && (await this.#attempt(() => this.#deleteExpired()))) cleanedUpAt = now
      }
      await clock.sleep(recoveryIntervalMs, signal).catch(() => {})
    }
  }

  /**
   * Inserts an operation like `Store.insert`. If the insert fails, the record can be in the store nevertheless. It is then
   * corrected in the background to `NOT_SENT`, so that it does not own its key.
   */
  async insertOrRelease(record: OperationRecord): Promise<OperationRecord | null> {
    const { store, clock } = this.#options
    try {
      return await store.insert(record)
    } catch (error) {
      if (hasCode(error, 'STORE_QUOTA_EXCEEDED')) throw error
      const problems = [toProblem(error)]
      // Unlimited corrections would overload the store when it recovers.
      if (this.#pendingWrites.size < maxCorrections)
        void this.#writeOrRetry(record.id, () =>
          this.#correct({
            ...record,
            outcome: 'NOT_SENT',
            ownsKey: false,
            lookup: null,
            finishedAt: clock.now(),
            problems,
          }),
        )
      throw error
    }
  }

  /** Records an outcome. If the store fails, resolves nevertheless and retries the write until it succeeds. */
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

  /** Returns false if the store has no unresolved operation with this ID. */
  #correct(record: OperationRecord): Promise<boolean> {
    return this.#options.store.updateIf(record, ['PENDING', 'UNKNOWN'])
  }

  async #writeOrRetry(id: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write()
    } catch {
      this.#pendingWrites.set(id, write)
      if (!this.#isRetrying) void this.#retryWrites()
    }
  }

  /** Retries the failed writes, one after another. */
  async #retryWrites(): Promise<void> {
    const { clock } = this.#options
    const { signal } = this.#stopping
    this.#isRetrying = true
    for (const [id, write] of this.#pendingWrites) {
      while (!signal.aborted && !(await this.#attempt(write)))
        await clock.sleep(storeRetryDelayMs, signal).catch(() => {})
      this.#pendingWrites.delete(id)
    }
    this.#isRetrying = false
  }

  async #check(): Promise<void> {
    await this.#options.processRegistry.register()
    await this.#options.store.check()
  }

  /** Returns false if the store failed. Reports an internal error and returns true, because a retry would fail in the same way. */
  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
    } catch (error) {
      if (hasCode(error, 'STORE_UNAVAILABLE')) return false
      this.#options.onInternalError(error)
    }
    return true
  }

  async #deleteExpired(): Promise<void> {
    const { store, ages } = this.#options
    await store.deleteOlderThan(ages.computeCutoff(retentionMs))
    await store.releaseKeysOlderThan(ages.computeCutoff(keyTtlMs))
  }

  async #recoverAbandoned(): Promise<void> {
    const { store, processRegistry, clock, reconciler } = this.#options
    const now = clock.now()
    const cause = new Problem('SHUTTING_DOWN', 'The server stopped before the vendor responded.')
    for (const record of await store.listUnresolved(now - keyTtlMs, await processRegistry.listAlive())) {
      const { outcome } = record
      const interrupted = outcome === 'PENDING' && {
        sentAt: now,
        finishedAt: now,
        problems: createUnknownOutcomeProblems(cause),
      }
      const recovered: OperationRecord = {
        ...record,
        ...interrupted,
        outcome: 'UNKNOWN',
        processId: processRegistry.id,
      }
      if (await store.updateIf(recovered, [outcome])) void reconciler.reconcile(recovered)
    }
  }
}
