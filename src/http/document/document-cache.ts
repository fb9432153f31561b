import type { PreparedDocument } from './prepared-document.ts'

/** Bytes of all documents, of those that one caller added, and of one document. */
const maxTotalBytes = 64 * 1024 ** 2
const maxCallerBytes = maxTotalBytes / 4
const maxDocumentBytes = maxCallerBytes / 8

/**
 * Valid documents by their key. The one that was not used for longest is dropped first: of the caller whose documents exceed its
 * share, then of all. A caller who sends ever new documents thus drops its own.
 */
export class DocumentCache {
  /** In the order of their last use. */
  readonly #entries = new Map<string, { prepared: PreparedDocument; caller: string }>()
  readonly #bytesByCaller = new Map<string, number>()
  #totalBytes = 0

  get totalBytes(): number {
    return this.#totalBytes
  }

  get(key: string): PreparedDocument | null {
    const entry = this.#entries.get(key)
    if (!entry) return null
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.prepared
  }

  add(prepared: PreparedDocument, caller: string): void {
    if (prepared.sizeBytes > maxDocumentBytes || this.#entries.has(prepared.key)) return
    this.#entries.set(prepared.key, { prepared, caller })
    this.#count(caller, prepared.sizeBytes)
    while (this.#bytesOf(caller) > maxCallerBytes) this.#dropOldest((entry) => entry.caller === caller)
    while (this.#totalBytes > maxTotalBytes) this.#dropOldest(() => true)
  }

  #dropOldest(matches: (entry: { caller: string }) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (!matches(entry)) continue
      this.#entries.delete(key)
      this.#count(entry.caller, -entry.prepared.sizeBytes)
      return
    }
  }

  #bytesOf(caller: string): number {
    return this.#bytesByCaller.get(caller) ?? 0
  }

  #count(caller: string, bytes: number): void {
    const sum = this.#bytesOf(caller) + bytes
    if (sum === 0) this.#bytesByCaller.delete(caller)
    else this.#bytesByCaller.set(caller, sum)
    this.#totalBytes += bytes
  }
}
