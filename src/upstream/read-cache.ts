import type { ReadKind } from './read-subject.ts'

/** How long responses are cached, in seconds. 0: not at all. */
export interface CacheTimes extends Readonly<Record<ReadKind, number>> {
  /** Additional time for which an expired response is used while the vendor cannot be read. */
  readonly staleFor: number
  /** Whether processes share their cached responses. Default: no. */
  readonly shared?: boolean
}

/** Maximum age of a response that reports participants or a running conference, in milliseconds. */
const maxRunningMs = 5_000
/** Maximum share of the cache that one response can have. */
const maxEntryShare = 0.25

/** Part of the cache that a response belongs to. */
export interface CachedResponseOwner {
  /** Whether a response can no longer be used. */
  isExpired(entry: CachedResponse): boolean
  remove(entry: CachedResponse): void
}

/** A vendor's response that can be used again. Must not be changed: all its readers share the body. */
export interface ReusableResponse {
  readonly path: string
  readonly kind: ReadKind
  readonly status: number
  /** Parsed JSON without credentials. */
  readonly body: unknown
  /** Digest of the received body. */
  readonly digest: string
  /** In milliseconds since the epoch. */
  readonly receivedAt: number
  readonly reportsRunning: boolean
  /** Operations that have received exactly this body from the vendor, the latest last. */
  readonly operations: readonly number[]
}

/** A response in the cache. */
export interface CachedResponse extends ReusableResponse {
  readonly owner: CachedResponseOwner
  readonly topic: string
  /** Memory of the entry, in bytes. */
  readonly bytes: number
  /** When the request was sent, by `performance.now`. */
  readonly sentAt: number
}

/** The cached responses of all accounts. Removes the least recently used ones when they need more memory than allowed. */
export class ReadCache {
  #times: CacheTimes | null = null
  #maxBytes = 0
  #usedBytes = 0
  /** The most recently used response is at the end. */
  readonly #entries = new Set<CachedResponse>()

  /** Sets how long and in how much memory responses are cached. @param times Null: nothing is cached. */
  configure(times: CacheTimes | null, maxBytes: number): void {
    this.#times = times
    this.#maxBytes = times === null ? 0 : maxBytes
    this.#evict()
  }

  /** Whether processes share their cached responses. */
  get isShared(): boolean {
    return this.#times?.shared ?? false
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** Whether responses of a kind are cached. */
  caches(kind: ReadKind): boolean {
    return this.#times !== null && this.#times[kind] > 0
  }

  /** Returns how long a response can be used, in milliseconds after it was received. */
  getLifetimeMs({ kind, reportsRunning }: Pick<CachedResponse, 'kind' | 'reportsRunning'>): number {
    const ms = (this.#times?.[kind] ?? 0) * 1_000
    return reportsRunning || kind === 'participants' ? Math.min(ms, maxRunningMs) : ms
  }

  /** How long an expired response can be used while the vendor cannot be read, in milliseconds. */
  get staleForMs(): number {
    return (this.#times?.staleFor ?? 0) * 1_000
  }

  /** Time after which no response can be used anymore, in milliseconds. */
  get maxLifetimeMs(): number {
    const { users = 0, conferences = 0, participants = 0 } = this.#times ?? {}
    return Math.max(users, conferences, participants) * 1_000 + this.staleForMs
  }

  /** Adds a response as the most recently used one. Returns false if it is too large. */
  add(entry: CachedResponse): boolean {
    if (entry.bytes > this.#maxBytes * maxEntryShare) return false
    this.#entries.add(entry)
    this.#usedBytes += entry.bytes
    this.#evict()
    return true
  }

  /** Makes a response the most recently used one. */
  touch(entry: CachedResponse): void {
    this.#entries.delete(entry)
    this.#entries.add(entry)
  }

  remove(entry: CachedResponse): void {
    if (this.#entries.delete(entry)) this.#usedBytes -= entry.bytes
  }

  #evict(): void {
    for (const entry of this.#entries) {
      if (this.#usedBytes <= this.#maxBytes && !entry.owner.isExpired(entry)) return
      entry.owner.remove(entry)
    }
  }
}
