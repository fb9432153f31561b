import { unpackRecord } from './packed-record.ts'
import { createStoreUnavailableProblem, UnreadableRecordError, type OperationRecord } from './store.ts'

/** A serialized record with its ID. */
export interface StoredRecord {
  id: string
  record: Uint8Array
}

/** Maximum number of unreadable records that are reported. */
const maxReported = 1_000

/** Parses stored records. Reports each unreadable record once. */
export class RecordReader {
  readonly #onUnreadable: (id: string, error: unknown) => void
  readonly #reported = new Set<string>()

  constructor(onUnreadable: (id: string, error: unknown) => void) {
    this.#onUnreadable = onUnreadable
  }

  /** @throws STORE_UNAVAILABLE if the record cannot be read, because the outcome of its operation is not known. */
  read({ id, record }: StoredRecord): OperationRecord {
    try {
      return unpackRecord(record)
    } catch (error) {
      this.#report(id, error)
      throw createStoreUnavailableProblem(new UnreadableRecordError('', { cause: error }))
    }
  }

  /** Parses records and omits those that cannot be read. */
  readAll(stored: readonly StoredRecord[]): OperationRecord[] {
    return stored.flatMap(({ id, record }) => {
      try {
        return [unpackRecord(record)]
      } catch (error) {
        this.#report(id, error)
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
