import { getDefaults, serverLimitTable } from '../../core/limits.ts'

const { rememberedDocuments: maxDocuments, rememberedDocumentBytes: maxBytes } = getDefaults(serverLimitTable)

/** Texts that callers have sent with their hashes, so that the same caller can send the hash alone. */
export class RememberedDocuments {
  /** In the order of their last use, the least recently used text first. */
  readonly #textByKey = new Map<string, string>()

  /** Returns the text that this caller has sent with a hash. Null if it is not remembered. */
  find(caller: string, hash: string): string | null {
    const key = formatKey(caller, hash)
    const text = this.#textByKey.get(key)
    if (text === undefined) return null
    this.#textByKey.delete(key)
    this.#textByKey.set(key, text)
    return text
  }

  /** Remembers a text that is not too long. If there are too many, the least recently used text is dropped. */
  add(caller: string, hash: string, text: string): void {
    if (Buffer.byteLength(text) > maxBytes) return
    const key = formatKey(caller, hash)
    this.#textByKey.delete(key)
    this.#textByKey.set(key, text)
    if (this.#textByKey.size <= maxDocuments) return
    const [oldest] = this.#textByKey.keys()
    this.#textByKey.delete(oldest!)
  }
}

/** A hash has a fixed length, so different callers and hashes have different keys. */
const formatKey = (caller: string, hash: string): string => hash + caller
