import { unpackRecord } from './packed-record.ts'
import { createStoreUnavailableProblem, UnreadableRecord, type OperationRecord } from './store.ts'

/** A record as it lies in a store. */
export interface StoredRecord {
  id: string
  record: Uint8Array
}

/** How many IDs are remembered so that each is reported once. */
const maxReported = 1_000

/** Reads stored records. Those that cannot be read are reported, each once. */
export class RecordReader {
  readonly #onUnreadable: (id: string, error: unknown) => void
  readonly #reported = new Set<string>()

  constructor(onUnreadable: (id: string, error: unknown) => void) {
    this.#onUnreadable = onUnreadable
  }

  /** @throws STORE_UNAVAILABLE if it cannot be read: nobody knows what became of that operation. */
  read({ id, record }: StoredRecord): OperationRecord {
    try {
      return unpackRecord(record)
    } catch (error) {
      this.#report(id, error)
      throw createStoreUnavailableProblem(new UnreadableRecord('', { cause: error }))
    }
  }

  /** Leaves out those that cannot be read. */
  readAll(stored: readonly StoredRecord[]): OperationRecord[] {
    return stored.flatMap((each) => {
      try {
        return [unpackRecord(each.record)]
      } catch (error) {
        this.#report(each.id, error)
        return []
      }
    })
  }

  #report(id: string, error: unknown): void {
    if (this.#reported.has(id) || this.#reported.size >= maxReported) return
    this.#reported.add(id)
    this.#onUnreadable(id, error)
  }
}
