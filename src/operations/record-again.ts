import { hasCode } from './mutation.ts'
import type { OperationRecord, Store } from './store.ts'

/**
 * Records an operation again if the store has lost its data since the operation began. Its idempotency key is not recorded
 * if another operation has it by now.
 */
export async function recordAgain(store: Store, record: OperationRecord): Promise<void> {
  if ((await store.find(record.id)) !== null) return
  try {
    if ((await store.insert(record)) !== null) await store.insert({ ...record, holdsKey: false })
  } catch (error) {
    if (!hasCode(error, 'STORE_QUOTA_EXCEEDED')) throw error
  }
}
