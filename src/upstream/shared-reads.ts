import { PackedSet } from '../core/packed-set.ts'
import { Stage } from '../core/stage.ts'
import type { CallContext } from './call-context.ts'
import type { VendorRequest } from './request.ts'
import type { RequestSender } from './request-sender.ts'
import { SharedCall } from './shared-call.ts'
import type { ReceivedResponse } from './vendor-client.ts'

/** Response to a read, and the call that received it. */
export interface SharedResponse {
  response: ReceivedResponse
  shared: SharedCall
  /** Whether another read started the call. */
  isJoined: boolean
}

/**
 * The call that later reads of one path can join. Null when it has ended, because V8 keeps the entries of a `Map` in memory
 * like those of a `Set`: see `PackedSet`.
 */
interface PathEntry {
  call: SharedCall | null
}

/** Number of calls of other callers that a read waits for, if they fail for reasons of those callers, before it calls alone. */
const maxFailures = 3

/** Lets equal reads of one account that are in flight at the same time share one vendor call. */
export class SharedReads {
  readonly #sender: RequestSender
  readonly #entryByPath = new Map<string, PathEntry>()
  /** All calls in flight. */
  readonly #calls = new PackedSet<SharedCall>()
  readonly #completions = new Stage<{ shared: SharedCall; response: ReceivedResponse }>(({ shared, response }) => {
    this.#end(shared)
    shared.complete(response)
  })

  constructor(sender: RequestSender) {
    this.#sender = sender
  }

  /**
   * Returns the response to a read, from a call in flight if possible.
   *
   * @param topic See `getTopic`. Null if it is not known what the response describes.
   * @throws Problem. If an error concerns only the caller who started the call, the reads of other callers call again.
   * @throws The reason of the context's signal, if it aborts during the wait.
   */
  async read(request: VendorRequest, topic: string | null, call: CallContext): Promise<SharedResponse> {
    for (let failures = 0; ; failures++) {
      call.signal.throwIfAborted()
      const joined = failures < maxFailures ? this.#find(request.path, call) : null
      const shared = joined ?? this.#start(request, topic, call)
      try {
        return { response: await shared.wait(call), shared, isJoined: joined !== null }
      } catch (error) {
        if (call.signal.aborted || !shared.isFailureOfOthers(error, call.caller)) throw error
      }
    }
  }

  /** Lets no later read join a call that is in flight now. */
  forgetCalls(): void {
    this.#entryByPath.clear()
  }

  /** Lets no later read join, and nothing cache, the calls in flight whose responses a change can make outdated. */
  markOutdated(topics: readonly string[]): void {
    for (const shared of this.#calls.list()) {
      if (shared.topic !== null && !topics.includes(shared.topic)) continue
      shared.isOutdated = true
      this.#replace(shared, null)
    }
  }

  #find(path: string, call: CallContext): SharedCall | null {
    const current = this.#entryByPath.get(path)?.call
    if (!current) return null
    if (current.canServe(call)) return current
    for (const rival of current.rivals ?? []) if (rival.canServe(call)) return rival
    return null
  }

  #start(request: VendorRequest, topic: string | null, call: CallContext): SharedCall {
    const shared = new SharedCall(request.path, topic, call)
    shared.onSend = () => this.#recordSent(shared)
    const entry = this.#entryByPath.get(request.path)
    const current = entry?.call
    if (current?.sentAt === null) shared.rivals = (current.rivals ??= new Set([current])).add(shared)
    else if (entry) entry.call = shared
    else this.#entryByPath.set(request.path, { call: shared })
    this.#calls.add(shared)
    // The call ends before its readers continue, so that none of them joins it again. It does not end earlier, so that until
    // then later reads can join it, and changes can mark it as outdated.
    this.#sender.send(request, shared).then(
      (response) => this.#completions.add({ shared, response }),
      (error: unknown) => {
        this.#end(shared)
        shared.fail(error)
      },
    )
    return shared
  }

  /** Lets the reads of all equal calls that wait to be sent join the one that is sent first. */
  #recordSent(shared: SharedCall): void {
    if (shared.sentAt !== null) return
    shared.sentAt = performance.now()
    const { rivals, path } = shared
    if (!rivals) return
    const entry = this.#entryByPath.get(path)
    if (entry?.call?.rivals === rivals) entry.call = shared
    for (const rival of rivals) {
      rival.rivals = null
      if (rival !== shared) rival.supersede()
    }
  }

  #end(shared: SharedCall): void {
    const { rivals } = shared
    this.#calls.delete(shared)
    rivals?.delete(shared)
    const [next = null] = rivals ?? []
    this.#replace(shared, next)
  }

  /** Lets later reads join `next` instead of `shared`, if they can join `shared`. */
  #replace(shared: SharedCall, next: SharedCall | null): void {
    const entry = this.#entryByPath.get(shared.path)
    if (entry?.call !== shared) return
    entry.call = next
    if (!next) this.#entryByPath.delete(shared.path)
  }
}
