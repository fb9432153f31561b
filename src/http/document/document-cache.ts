import type { PreparedDocument } from './prepared-document.ts'

/** Limits of the size of all documents, of the documents that one caller added, and of one document. */
const maxTotalBytes = 64 * 1024 ** 2
const maxCallerBytes = maxTotalBytes / 4
const maxDocumentBytes = maxCallerBytes / 8

/**
 * Caches valid documents by their key. If the documents of a caller exceed its share, the caller's least recently used
 * document is dropped. So a caller that keeps sending new documents drops only its own.
 */
export class DocumentCache {
  /** In the order of their last use, the least recently used document first. */
  readonly #entries = new Map<string, { prepared: PreparedDocument; caller: string }>()
  readonly #bytesByCaller = new Map<string, number>()
  #totalBytes = 0
  /** Key of the document that was used last. */
  #latest = ''

  get totalBytes(): number {
    return this.#totalBytes
  }

  /** Returns null if the document is not cached. */
  get(key: string): PreparedDocument | null {
    const entry = this.#entries.get(key)
    if (!entry) return null
    if (key !== this.#latest) {
      this.#entries.delete(key)
      this.#entries.set(key, entry)
      this.#latest = key
    }
    return entry.prepared
  }

  /** Caches a document that `caller` sent. A document that is too large is not cached. */
  add(prepared: PreparedDocument, caller: string): void {
    if (prepared.sizeBytes > maxDocumentBytes || this.#entries.has(prepared.key)) return
    this.#entries.set(prepared.key, { prepared, caller })
    this.#latest = prepared.key
    this.#addBytes(caller, prepared.sizeBytes)
    while (this.#getBytes(caller) > maxCallerBytes) this.#dropLeastRecent((entry) => entry.caller === caller)
    while (this.#totalBytes > maxTotalBytes) this.#dropLeastRecent(() => true)
  }

  #dropLeastRecent(matches: (entry: { caller: string }) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (!matches(entry)) continue
      this.#entries.delete(key)
      this.#addBytes(entry.caller, -entry.prepared.sizeBytes)
      return
    }
  }

  #getBytes(caller: string): number {
    return this.#bytesByCaller.get(caller) ?? 0
  }

  #addBytes(caller: string, bytes: number): void {
    const sum = this.#getBytes(caller) + bytes
    if (sum === 0) this.#bytesByCaller.delete(caller)
    else this.#bytesByCaller.set(caller, sum)
    this.#totalBytes += bytes
  }
}
