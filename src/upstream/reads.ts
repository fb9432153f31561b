import type { Code } from '../core/error-codes.ts'
import type { Problem } from '../core/errors.ts'
import type { AccountCache } from './account-cache.ts'
import { ReadLimitProblem, type CallContext } from './call-context.ts'
import type { ReadEvent } from './events.ts'
import { validateResponse } from './parse-response.ts'
import type { BaseUrl, RequestPath } from './path.ts'
import { OperationRead } from './read-age.ts'
import type { ReusableResponse } from './read-cache.ts'
import { getTopic, type ReadSubject } from './read-subject.ts'
import { createReadRequest, type VendorRequest } from './request.ts'
import type { RequestSender } from './request-sender.ts'
import type { SharedCache, SharedLookup } from './shared-cache.ts'
import type { SharedCall } from './shared-call.ts'
import { SharedReads } from './shared-reads.ts'
import type { ReadOptions, ReceivedResponse, VendorClient } from './vendor-client.ts'

export interface ReadsOptions {
  account: string
  baseUrl: BaseUrl
  /** Null if nothing is cached. */
  cache: AccountCache | null
  /** Null if no other process serves the account. */
  sharedCache: SharedCache | null
  sender: RequestSender
  onRead?: ((event: ReadEvent) => void) | undefined
}

/** Errors that mean that the vendor cannot be read now. An expired response can be used instead. */
const unreadableCodes: ReadonlySet<Code> = new Set<Code>([
  'VENDOR_UNAVAILABLE',
  'VENDOR_TIMEOUT',
  'VENDOR_RATE_LIMITED',
  'VENDOR_BAD_RESPONSE',
  'OVERLOADED',
])

/** A read of an operation, with what is needed to end it. */
interface Reading<T> {
  request: VendorRequest
  options: ReadOptions<T>
  call: CallContext
  read: OperationRead
  /** What processes share for the request. Null if nothing is shared. */
  lookup: SharedLookup | null
}

/** Reads of one account: from the cache, together with equal reads, or with a vendor call of its own. */
export class Reads implements Pick<VendorClient, 'read'> {
  readonly #options: ReadsOptions
  readonly #sharedReads: SharedReads

  constructor(options: ReadsOptions) {
    this.#options = options
    this.#sharedReads = new SharedReads(options.sender)
  }

  /** See `VendorClient.read`. */
  readonly read = <T>(path: RequestPath, options: ReadOptions<T>, call: CallContext): Promise<T> => {
    const { account, baseUrl, cache } = this.#options
    const { query, rateLimit = '', singleUse, subject } = options
    const target = baseUrl.createTarget(path, query)
    const key = `${account} ${target.path}`
    const earlier = singleUse ? undefined : call.readCache.get(key)
    if (earlier) {
      earlier.addTo(call.age)
      return earlier.result as Promise<T>
    }
    if (call.readsLeft <= 0) return Promise.reject(new ReadLimitProblem())
    call.readsLeft--
    const request = createReadRequest(target, rateLimit, singleUse === true)
    const reading: Reading<T> = { request, options, call, read: new OperationRead(call.age), lookup: null }
    const cached = subject && call.maxAgeMs !== null ? cache?.find(request.path, call.maxAgeMs) : null
    const result = (cached && this.#useCached(cached, reading)) ?? this.#fetch(reading)
    reading.read.result = result
    if (!singleUse) call.readCache.set(key, reading.read)
    return result
  }

  /** Lets no later read join a call that is in flight now. */
  forgetCalls(): void {
    this.#sharedReads.forgetCalls()
  }

  /** Removes cached responses, and lets no later read use calls that are in flight now. @param topics See `listTopics`. */
  forgetTopics(topics: readonly string[]): void {
    this.#options.cache?.forgetTopics(topics)
    this.#sharedReads.markOutdated(topics)
  }

  /** Calls the vendor, or joins a call in flight. Uses an expired response if the vendor cannot be read. */
  async #fetch<T>(reading: Reading<T>): Promise<T> {
    const { sender, sharedCache } = this.#options
    const { request, options, call } = reading
    const { schema, subject } = options
    try {
      if (!isShareable(reading)) return await this.#fetchAlone(reading)
      if (subject && sharedCache?.caches(subject)) {
        reading.lookup = await sharedCache.find(request.path, subject)
        const value = this.#useShared(reading)
        if (value !== null) return await value
      }
      const topic = subject ? getTopic(subject) : null
      const { response, shared, isJoined } = await this.#sharedReads.read(request, topic, call)
      const value = validateResponse(schema, response)
      this.#complete(reading, response)
      if (subject) this.#store(reading, subject, response, shared, isJoined)
      return value
    } catch (error) {
      const problem = sender.toProblem(error, call.signal)
      const value = this.#replaceUnreadable(reading, problem)
      if (value === null) throw problem
      return await value
    }
  }

  /** Uses a response that another process has cached. Returns null if there is none that can be used. */
  #useShared<T>(reading: Reading<T>): Promise<T> | null {
    const { cache } = this.#options
    const found = reading.lookup?.response
    return found && cache?.isFresh(found, reading.call.maxAgeMs!) ? this.#useCached(found, reading) : null
  }

  /** The cached response is older than this one, and this one is not cached: it can contain a credential. */
  async #fetchAlone<T>(reading: Reading<T>): Promise<T> {
    const { request, options, call } = reading
    const response = await this.#options.sender.send(request, call)
    const value = validateResponse(options.schema, response)
    this.#complete(reading, response)
    if (options.subject) this.#forget(request.path, options.subject)
    return value
  }

  /** Records that a response was received and read. */
  #complete({ read }: Reading<unknown>, { receivedAt }: ReceivedResponse): void {
    read.complete({ asOf: receivedAt, operations: null, staleProblem: null })
    this.#options.sender.recordSuccess()
  }

  /** Keeps a response for later reads. The first of the reads that share it does so. */
  #store(
    { request, lookup }: Reading<unknown>,
    subject: ReadSubject,
    response: ReceivedResponse,
    shared: SharedCall,
    isJoined: boolean,
  ): void {
    const { cache, sharedCache } = this.#options
    if (!shared.isStored) cache?.store(request.path, subject, response, shared)
    // The generation that another read has found can be newer than the request.
    if (lookup && !isJoined) sharedCache?.store(request.path, subject, response, shared, lookup)
    shared.isStored = true
    if (isJoined || cache?.caches(subject.kind)) this.#report(subject.kind, isJoined ? 'shared' : 'miss')
  }

  /** Returns null if a cached response does not have the expected form. */
  #useCached<T>(
    { status, body, receivedAt, operations, path }: ReusableResponse,
    { options: { schema, subject }, call, read }: Reading<T>,
    staleProblem: Problem | null = null,
  ): Promise<T> | null {
    const { account } = this.#options
    let value: T
    try {
      value = validateResponse(schema, { status, headers: {}, body })
    } catch {
      this.#forget(path, subject!)
      return null
    }
    read.complete({ asOf: receivedAt, operations, staleProblem })
    call.recordCached(receivedAt, staleProblem && account)
    this.#report(subject!.kind, staleProblem ? 'stale' : 'hit')
    return Promise.resolve(value)
  }

  /** Returns an expired response instead of an error. Null if that is not possible. */
  #replaceUnreadable<T>(reading: Reading<T>, problem: Problem): Promise<T> | null {
    const { cache } = this.#options
    const { request, options, call } = reading
    if (!options.subject || !cache) return null
    const isUnreadable = unreadableCodes.has(problem.code)
    // Whatever the vendor does not return anymore must not be returned later, either.
    if (!isUnreadable && /^VENDOR_|^NOT_FOUND$/.test(problem.code)) this.#forget(request.path, options.subject)
    if (!isUnreadable || call.maxAgeMs !== Infinity) return null
    const shared = reading.lookup?.response
    const stale = shared && !cache.isExpired(shared) ? shared : cache.findStale(request.path)
    return stale && this.#useCached(stale, reading, problem)
  }

  #forget(path: string, subject: ReadSubject): void {
    const { cache, sharedCache } = this.#options
    cache?.forget(path)
    if (sharedCache?.caches(subject)) sharedCache.forget(path)
  }

  #report(of: ReadEvent['of'], result: ReadEvent['result']): void {
    this.#options.onRead?.({ kind: 'read', of, result })
  }
}

const isShareable = ({ call, request }: Reading<unknown>): boolean => call.maxAgeMs !== null && !request.singleUse
