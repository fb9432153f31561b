import { Problem } from '../core/errors.ts'
import type { Clock } from '../upstream/clock.ts'
import type { AgeClock } from './age-clock.ts'
import { keyTtlMs } from './idempotency.ts'
import { createUnknownOutcomeProblems } from './outcome.ts'
import type { ProcessRegistry } from './process-registry.ts'
import type { OutcomeReconciler } from './reconciler.ts'
import type { OperationRecord, Store } from './store.ts'
import { attemptStoreAccess } from './store-writer.ts'

/** How long operations are stored, in milliseconds: 30 days. */
const retentionMs = 30 * 24 * 60 * 60 * 1000
/** How often older operations are deleted, in milliseconds. */
const cleanupIntervalMs = 60 * 60 * 1000
/** How often the operations of stopped processes are recovered, in milliseconds. */
const recoveryIntervalMs = 5_000

export interface StoreMaintenanceOptions {
  store: Store
  processRegistry: ProcessRegistry
  reconciler: OutcomeReconciler
  clock: Clock
  ages: AgeClock
  onInternalError(error: unknown): void
}

/** Store maintenance: recovers abandoned operations, releases idempotency keys, and deletes old operations. */
export class StoreMaintenance {
  readonly #options: StoreMaintenanceOptions
  readonly #stopping = new AbortController()
  #loop = Promise.resolve()

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

  /** Resolves when the maintenance no longer uses the store. */
  stop(): Promise<void> {
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
    return this.#loop
  }

  #attempt(access: () => Promise<unknown>): Promise<boolean> {
    return attemptStoreAccess(access, this.#options.onInternalError)
  }

  async #check(): Promise<void> {
    await this.#options.processRegistry.register()
    await this.#options.store.check()
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
