import type { CallerBudgets } from '../auth/caller-budgets.ts'
import type { Caller } from '../auth/caller.ts'
import type { DownloadLinks } from '../auth/download-links.ts'
import type { Configuration } from '../config/configuration.ts'
import type { ByteBudget } from '../core/byte-budget.ts'
import type { LiveEvents } from '../events/live-events.ts'
import type { OperationRequest } from '../http/operation-execution.ts'
import type { Operations } from '../operations/operations.ts'
import type { CursorCodec } from '../paging/cursor.ts'
import type { SortedListStore } from '../paging/sorted-list-store.ts'
import type { Context, RecordingFile } from '../schema/context.ts'
import { createLoaders, type Loaders } from '../schema/loaders.ts'
import type { OperationNotes } from '../schema/operation-notes.ts'
import { CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'
import type { OpenAccounts } from './open-accounts.ts'

/** Objects that the contexts of all operations share. */
export interface OperationContextParts {
  accounts: OpenAccounts
  budgets: CallerBudgets
  operations: Operations
  events: LiveEvents
  codec: CursorCodec
  sortedLists: SortedListStore
  links: DownloadLinks
  /** Returns the public URL of the server. Null if links have the origin of the request. */
  getPublicUrl(): string | null
  /** Prefix of every path. */
  basePath: string
  /** Returns the limits of the configuration in use. */
  getLimits(): Configuration['limits']
  /** Returns the memory for buffers. */
  getBudget(): ByteBudget
}

/**
 * Context of the resolvers of one operation, of one message of a stream, or of its source. Most messages need no vendor call,
 * so what is needed for vendor calls is created on access.
 */
export class OperationContext implements Context {
  readonly caller: Caller
  readonly accounts: readonly Account[]
  readonly limits: Configuration['limits']
  readonly #parts: OperationContextParts
  readonly #request: OperationRequest
  #call: CallContext | null = null
  #loaders: Loaders | null = null

  constructor(parts: OperationContextParts, request: OperationRequest) {
    this.#parts = parts
    this.#request = request
    this.caller = request.caller
    this.accounts = parts.accounts.listFor(request.caller)
    this.limits = parts.getLimits()
  }

  get requestId(): string {
    return this.#request.requestId
  }

  get call(): CallContext {
    return (this.#call ??= this.#createCall())
  }

  get loaders(): Loaders {
    return (this.#loaders ??= createLoaders(this.call, this.limits.scanCalls))
  }

  /** The result must not keep this context in memory, because it lasts as long as a stream. */
  get listAccounts(): () => readonly Account[] {
    const { accounts } = this.#parts
    const request = this.#request
    return () => accounts.listFor(request.caller)
  }

  get events(): LiveEvents {
    return this.#parts.events
  }

  get operations(): Operations {
    return this.#parts.operations
  }

  get codec(): CursorCodec {
    return this.#parts.codec
  }

  get sortedLists(): SortedListStore {
    return this.#parts.sortedLists
  }

  get notes(): OperationNotes {
    return this.#request.notes
  }

  createDownloadUrl(file: RecordingFile, fileName: string, lifetimeSeconds: number): string {
    const { links, getPublicUrl, basePath } = this.#parts
    const expiresAt = Date.now() + lifetimeSeconds * 1_000
    const token = links.create({ ...file, caller: this.caller.name, expiresAt }, fileName)
    const base = getPublicUrl() ?? this.#request.origin
    return `${base}${basePath}/recordings/${token}/${encodeURIComponent(fileName)}`
  }

  #createCall(): CallContext {
    const { requestId, signal, maxAgeMs, notes } = this.#request
    const { name } = this.caller
    const call = new CallContext({
      caller: name,
      budget: this.#parts.getBudget(),
      vendorCalls: this.#parts.budgets.findVendorCalls(name),
      requestId,
      signal,
      time: this.#request,
      maxReads: this.limits.operationCalls,
      maxAgeMs,
    })
    notes.call = call
    return call
  }
}
