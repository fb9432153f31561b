import { hash } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { CachedResponse, CachedResponseOwner, ReadCache, ReusableResponse } from './read-cache.ts'
import { getTopic, type ReadKind, type ReadSubject } from './read-subject.ts'
import type { SharedCall } from './shared-call.ts'
import type { ReceivedResponse } from './vendor-client.ts'

export interface AccountCacheOptions {
  cache: ReadCache
  clock: Clock
  /** Returns a copy of a parsed body without credentials. */
  removeCredentials(body: unknown): unknown
}

/** Estimated memory of a parsed body for each byte of its JSON. With the responses of all vendors, 0.7 to 2.5 bytes were measured. */
const bytesPerJsonByte = 4
/** Memory of an entry without its body and its path. */
const entryBytes = 1_024
/** Number of operations that are remembered for one body. */
const maxOperations = 4

/** The cached responses of one account, by path and query. */
export class AccountCache implements CachedResponseOwner {
  readonly #options: AccountCacheOptions
  /** The cache that this account is a part of. */
  readonly cache: ReadCache
  readonly #entryByPath = new Map<string, CachedResponse>()
  readonly #entriesByTopic = new Map<string, Set<CachedResponse>>()

  constructor(options: AccountCacheOptions) {
    this.#options = options
    this.cache = options.cache
  }

  caches(kind: ReadKind): boolean {
    return this.#options.cache.caches(kind)
  }

  get isShared(): boolean {
    return this.#options.cache.isShared
  }

  /** How long processes can share a response, in milliseconds. 0: not at all. */
  get sharedLifetimeMs(): number {
    const { cache } = this.#options
    return cache.isShared ? cache.maxLifetimeMs : 0
  }

  /** Returns a response that has not expired. Null if there is none, or if it is older than `maxAgeMs`. */
  find(path: string, maxAgeMs: number): CachedResponse | null {
    const entry = this.#entryByPath.get(path)
    if (!entry || !this.isFresh(entry, maxAgeMs)) return null
    this.#options.cache.touch(entry)
    return entry
  }

  /** Whether a response has not expired and is not older than `maxAgeMs`. */
  isFresh(response: ReusableResponse, maxAgeMs: number): boolean {
    const { cache, clock } = this.#options
    const ageMs = clock.now() - response.receivedAt
    // The age is negative if the system clock was set back.
    return maxAgeMs > 0 && ageMs >= 0 && ageMs < cache.getLifetimeMs(response) && ageMs <= maxAgeMs
  }

  /** Returns a response that can be used because the vendor cannot be read. Null if there is none. */
  findStale(path: string): CachedResponse | null {
    const entry = this.#entryByPath.get(path)
    return entry && !this.isExpired(entry) ? entry : null
  }

  isExpired(response: ReusableResponse): boolean {
    const { cache, clock } = this.#options
    const ageMs = clock.now() - response.receivedAt
    const lifetimeMs = cache.getLifetimeMs(response)
    return lifetimeMs === 0 || ageMs < 0 || ageMs >= lifetimeMs + cache.staleForMs
  }

  /**
   * Replaces the cached response, unless it is the response to a later request or the data has changed since the request.
   */
  store(path: string, subject: ReadSubject, response: ReceivedResponse, call: SharedCall): void {
    const { cache } = this.#options
    const { isOutdated, sentAt } = call
    const earlier = this.#entryByPath.get(path)
    if (isOutdated || cache.isShared || !cache.caches(subject.kind) || (earlier && earlier.sentAt > (sentAt ?? 0)))
      return
    if (earlier) this.remove(earlier)
    const entry = this.createEntry(this, path, subject, response, call, earlier ?? null)
    this.#entryByPath.set(path, entry)
    const { topic } = entry
    const sameTopic = this.#entriesByTopic.get(topic)
    if (sameTopic) sameTopic.add(entry)
    else this.#entriesByTopic.set(topic, new Set([entry]))
    if (!cache.add(entry)) this.remove(entry)
  }

  /** Creates the entry of a response. @param earlier The response that it replaces. */
  createEntry(
    owner: CachedResponseOwner,
    path: string,
    subject: ReadSubject,
    { status, body, bytes, receivedAt }: ReceivedResponse,
    { sentAt, operationId }: SharedCall,
    earlier: ReusableResponse | null,
  ): CachedResponse {
    const digest = hash('sha1', bytes, 'base64')
    const operations = earlier?.digest === digest ? [...earlier.operations, operationId] : [operationId]
    return {
      owner,
      path,
      kind: subject.kind,
      topic: getTopic(subject),
      status,
      body: this.#options.removeCredentials(body),
      digest,
      bytes: entryBytes + 2 * path.length + bytesPerJsonByte * bytes.length,
      sentAt: sentAt ?? 0,
      receivedAt,
      reportsRunning: subject.reportsRunning?.(body) ?? false,
      operations: operations.slice(-maxOperations),
    }
  }

  /** Removes the response to a request. */
  forget(path: string): void {
    const entry = this.#entryByPath.get(path)
    if (entry) this.remove(entry)
  }

  /** Removes all responses with these topics. */
  forgetTopics(topics: readonly string[]): void {
    for (const topic of topics) for (const entry of this.#entriesByTopic.get(topic) ?? []) this.remove(entry)
  }

  /** Removes all responses. */
  clear(): void {
    for (const entry of this.#entryByPath.values()) this.remove(entry)
  }

  remove(entry: CachedResponse): void {
    const { path, topic } = entry
    if (this.#entryByPath.get(path) !== entry) return
    this.#entryByPath.delete(path)
    const sameTopic = this.#entriesByTopic.get(topic)
    sameTopic?.delete(entry)
    if (sameTopic?.size === 0) this.#entriesByTopic.delete(topic)
    this.#options.cache.remove(entry)
  }
}
