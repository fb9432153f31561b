import type { AccountCache } from './account-cache.ts'
import type { CachedResponse, CachedResponseOwner, ReadCache, ReusableResponse } from './read-cache.ts'
import { getTopic, type ReadSubject } from './read-subject.ts'
import type { SharedAccount } from './shared-account.ts'
import type { SharedCall } from './shared-call.ts'
import type { ReceivedResponse } from './vendor-client.ts'

/** What processes have cached for a request. */
export interface SharedLookup {
  /** Changes when data of the topic changes. A response is kept only for the generation that was found before its request. */
  generation: string
  response: ReusableResponse | null
}

export interface SharedCacheOptions {
  cache: ReadCache
  accountCache: AccountCache
  account: SharedAccount
}

/** Memory in Redis for an entry without its text, in bytes. */
const entryBytes = 256

/** The cached responses of one account that all processes share. Each process limits the memory of those that it has added. */
export class SharedCache implements CachedResponseOwner {
  readonly #options: SharedCacheOptions
  /** Entries without bodies, by path. */
  readonly #entryByPath = new Map<string, CachedResponse>()

  constructor(options: SharedCacheOptions) {
    this.#options = options
  }

  /** Whether responses to reads of this subject are shared. */
  caches({ kind }: ReadSubject): boolean {
    const { cache } = this.#options
    return cache.isShared && cache.caches(kind)
  }

  /** Returns null if the shared state is unavailable. Then, nothing that it contains can be used. */
  async find(path: string, subject: ReadSubject): Promise<SharedLookup | null> {
    const { account, cache } = this.#options
    const found = await account.findCached(path, getTopic(subject), cache.maxLifetimeMs)
    if (!found) return null
    const { generation, text } = found
    return { generation, response: text === null ? null : { path, kind: subject.kind, ...parseResponseText(text) } }
  }

  /** Keeps a response. @param lookup What was found before the request was sent. */
  store(path: string, subject: ReadSubject, response: ReceivedResponse, call: SharedCall, lookup: SharedLookup): void {
    const { cache, accountCache, account } = this.#options
    if (call.isOutdated || !cache.caches(subject.kind)) return
    const entry = accountCache.createEntry(this, path, subject, response, call, lookup.response)
    const { status, body, receivedAt, reportsRunning, operations, digest } = entry
    const text = JSON.stringify({
      status,
      body,
      receivedAt,
      reportsRunning,
      operations,
      digest,
    } satisfies StoredResponse)
    const stub: CachedResponse = { ...entry, body: null, bytes: entryBytes + 2 * text.length }
    const earlier = this.#entryByPath.get(path)
    if (earlier) cache.remove(earlier)
    this.#entryByPath.set(path, stub)
    if (!cache.add(stub)) return this.remove(stub)
    account.keepCached(path, { generation: lookup.generation, text }, cache.getLifetimeMs(entry) + cache.staleForMs)
  }

  /** Removes the response to a request, whichever process has added it. */
  forget(path: string): void {
    const entry = this.#entryByPath.get(path)
    if (entry) this.remove(entry)
    else this.#options.account.forgetCached(path)
  }

  isExpired(entry: CachedResponse): boolean {
    return this.#options.accountCache.isExpired(entry)
  }

  remove(entry: CachedResponse): void {
    this.#options.cache.remove(entry)
    if (this.#entryByPath.get(entry.path) !== entry) return
    this.#entryByPath.delete(entry.path)
    this.#options.account.forgetCached(entry.path)
  }
}

type StoredResponse = Omit<ReusableResponse, 'path' | 'kind'>

/** Processes of the same version have written the text, and it is authenticated. */
const parseResponseText = (text: string): StoredResponse => JSON.parse(text) as StoredResponse
