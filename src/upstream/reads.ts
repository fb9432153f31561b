import type { Code, Problem } from '../core/errors.ts'
import type { AccountCache } from './account-cache.ts'
import { ReadLimitProblem, type CallContext, type SendContext } from './call-context.ts'
import type { ReadEvent } from './events.ts'
import { validateResponse } from './parse-response.ts'
import type { BaseUrl, RequestPath } from './path.ts'
import { OperationRead } from './read-age.ts'
import type { CachedResponse } from './read-cache.ts'
import { getTopic } from './read-subject.ts'
import { createReadRequest, type VendorRequest } from './request.ts'
import { SharedReads } from './shared-reads.ts'
import type { ReadOptions, ReceivedResponse } from './vendor-client.ts'

export interface ReadsOptions {
  account: string
  baseUrl: BaseUrl
  /** Null if nothing is cached. */
  cache: AccountCache | null
  /** Sends a request and receives its response. @throws Problem */
  send(request: VendorRequest, context: SendContext): Promise<ReceivedResponse>
  onSuccess(): void
  /** Converts an error of a read to a problem. */
  onError(error: unknown, signal: AbortSignal): Problem
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
}

/** Reads of one account: from the cache, together with equal reads, or with a vendor call of its own. */
export class Reads {
  readonly #options: ReadsOptions
  readonly #sharedReads: SharedReads

  constructor(options: ReadsOptions) {
    this.#options = options
    this.#sharedReads = new SharedReads(options.send)
  }

  /** See `VendorClient.read`. */
  read<T>(path: RequestPath, options: ReadOptions<T>, call: CallContext): Promise<T> {
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
    const reading = { request, options, call, read: new OperationRead(call.age) }
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

  async #fetch<T>(reading: Reading<T>): Promise<T> {
    const { onSuccess, onError } = this.#options
    try {
      const value = await (isShareable(reading) ? this.#fetchShared(reading) : this.#fetchAlone(reading))
      onSuccess()
      return value
    } catch (error) {
      const problem = onError(error, reading.call.signal)
      const value = this.#replaceUnreadable(reading, problem)
      if (value === null) throw problem
      return await value
    }
  }

  async #fetchShared<T>({ request, options: { schema, subject }, call, read }: Reading<T>): Promise<T> {
    const topic = subject ? getTopic(subject) : null
    const { response, shared } = await this.#sharedReads.read(request, topic, call)
    const value = validateResponse(schema, response)
    read.complete({ asOf: response.receivedAt, operations: null, staleProblem: null })
    if (!subject) return value
    const { cache } = this.#options
    if (!shared.isStored) cache?.store(request.path, subject, response, shared)
    shared.isStored = true
    const isJoined = shared.starter !== call
    if (isJoined || cache?.caches(subject.kind)) this.#report(subject.kind, isJoined ? 'shared' : 'miss')
    return value
  }

  /** The cached response is older than this one, and this one is not cached: it can contain a credential. */
  async #fetchAlone<T>({ request, options: { schema, subject }, call, read }: Reading<T>): Promise<T> {
    const response = await this.#options.send(request, call)
    const value = validateResponse(schema, response)
    read.complete({ asOf: response.receivedAt, operations: null, staleProblem: null })
    if (subject) this.#options.cache?.forget(request.path)
    return value
  }

  /** Returns null if a cached response does not have the expected form. */
  #useCached<T>(
    { status, body, receivedAt, operations, path }: CachedResponse,
    { options: { schema, subject }, call, read }: Reading<T>,
    staleProblem: Problem | null = null,
  ): Promise<T> | null {
    const { account, cache } = this.#options
    let value: T
    try {
      value = validateResponse(schema, { status, headers: {}, body })
    } catch {
      cache?.forget(path)
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
    if (!isUnreadable && /^VENDOR_|^NOT_FOUND$/.test(problem.code)) cache.forget(request.path)
    const stale = isUnreadable && call.maxAgeMs === Infinity ? cache.findStale(request.path) : null
    return stale && this.#useCached(stale, reading, problem)
  }

  #report(of: ReadEvent['of'], result: ReadEvent['result']): void {
    this.#options.onRead?.({ kind: 'read', of, result })
  }
}

const isShareable = ({ call, request }: Reading<unknown>): boolean => call.maxAgeMs !== null && !request.singleUse
