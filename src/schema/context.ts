import type { Caller } from '../auth/caller.ts'
import type { DownloadLink } from '../auth/download-links.ts'
import type { CursorCodec } from '../paging/cursor.ts'
import type { SortedListStore } from '../paging/sorted-list-store.ts'
import type { LiveEvents } from '../events/live-events.ts'
import type { Loaders } from './loaders.ts'
import type { OperationNotes } from './operation-notes.ts'
import type { Operations } from '../operations/operations.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'

/** Limits of one GraphQL operation that resolvers apply. Defaults: `src/core/limits.ts`. */
export interface ReadLimits {
  /** Default page size, at most 100. */
  pageSize: number
  /** Maximum number of vendor calls for one page of one account's list. */
  scanCalls: number
  /** Maximum number of rows of the attendance report of one session. */
  attendanceRows: number
  /** Maximum number of items of one account that `orderBy` can sort. */
  orderByItems: number
  /** Maximum number of vendor calls to one account for `orderBy`, over all pages. */
  orderByCalls: number
  /** Maximum number of IDs in `nodes`, and of invitees in `createConference`. */
  ids: number
}

/** The recording of a download link. */
export type RecordingFile = Omit<DownloadLink, 'caller' | 'expiresAt'>

/** Context of the resolvers of one request. */
export interface Context {
  caller: Caller
  requestId: string
  call: CallContext
  /** Accounts that the caller has access to, in configuration order. */
  accounts: readonly Account[]
  /** Returns the accounts that the caller has access to now. A stream outlives changes to the configuration. */
  listAccounts(this: void): readonly Account[]
  events: LiveEvents
  loaders: Loaders
  operations: Operations
  codec: CursorCodec
  sortedLists: SortedListStore
  limits: ReadLimits
  /** Returns a URL at which anyone can download a recording until it expires. @param lifetimeSeconds From now. */
  createDownloadUrl(file: RecordingFile, fileName: string, lifetimeSeconds: number): string
  notes: OperationNotes
}
