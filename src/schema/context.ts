import type { Caller } from '../auth/caller.ts'
import type { CursorCodec } from '../paging/cursor.ts'
import type { SortedListStore } from '../paging/sorted-list-store.ts'
import type { Loaders } from './loaders.ts'
import type { OperationNotes } from './operation-notes.ts'
import type { Operations } from '../operations/operations.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'

/** Numbers that bound what one request may do; defaults in src/config/configuration.ts. */
export interface ReadLimits {
  /** Default page size, at most 100. */
  pageSize: number
  /** Vendor calls that one list may spend on one page. */
  scanCalls: number
  /** Objects of one account that an `orderBy` can read, and vendor calls over all pages that it takes. */
  orderByItems: number
  orderByCalls: number
  /** Ids that one `nodes` may ask for. */
  ids: number
}

/** What one request may use. */
export interface Context {
  caller: Caller
  requestId: string
  call: CallContext
  /** The accounts that the caller may use, in configuration order. */
  accounts: readonly Account[]
  loaders: Loaders
  operations: Operations
  codec: CursorCodec
  sortedLists: SortedListStore
  limits: ReadLimits
  notes: OperationNotes
}
