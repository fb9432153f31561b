import { Problem } from '../core/errors.ts'
import type { Clock } from '../upstream/clock.ts'
import { hasCode } from './mutation.ts'
import { toProblem } from './outcome.ts'
import type { OperationRecord, Store } from './store.ts'

/** Delay before a failed write to the store is retried, in milliseconds. */
const storeRetryDelayMs = 5_000
/** Maximum number of pending corrections of failed inserts. Each takes about 1 KiB of memory. */
const maxCorrections = 1_000

export interface StoreWriterOptions {
  store: Store
  clock: Clock
  onInternalError(error: unknown): void
}

/** Records operations and their outcomes. Retries failed writes in the background. */
export class StoreWriter {
  readonly #options: StoreWriterOptions
  readonly #stopping = new AbortController()
  /** Writes that failed and are retried, by operation ID. */
  readonly #pendingWrites = new Map<string, () => Promise<unknown>>()
  #isRetrying = false

  constructor(options: StoreWriterOptions) {
    this.#options = options
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

  /** Ends the retries. */
  stop(): void {
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
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
    const { clock, onInternalError } = this.#options
    const { signal } = this.#stopping
    this.#isRetrying = true
    for (const [id, write] of this.#pendingWrites) {
      while (!signal.aborted && !(await attemptStoreAccess(write, onInternalError)))
        await clock.sleep(storeRetryDelayMs, signal).catch(() => {})
      this.#pendingWrites.delete(id)
    }
    this.#isRetrying = false
  }
}

/**
 * Records an operation again if the store has lost its data after the operation began. If another operation owns the
 * idempotency key by then, this one is recorded without owning it. Does nothing if the caller's share of the store is full.
 */
export async function recordAgain(store: Store, record: OperationRecord): Promise<void> {
  if ((await store.find(record.id)) !== null) return
  try {
    if ((await store.insert(record)) !== null) await store.insert({ ...record, ownsKey: false })
  } catch (error) {
    if (!hasCode(error, 'STORE_QUOTA_EXCEEDED')) throw error
  }
}

/** Returns false if the store failed. Reports an internal error and returns true, because a retry would fail in the same way. */
export async function attemptStoreAccess(
  access: () => Promise<unknown>,
  onInternalError: (error: unknown) => void,
): Promise<boolean> {
  try {
    await access()
  } catch (error) {
    if (hasCode(error, 'STORE_UNAVAILABLE')) return false
    onInternalError(error)
  }
  return true
}
