import { hasCode } from './mutation.ts'
import type { OperationRecord, Store } from './store.ts'

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
