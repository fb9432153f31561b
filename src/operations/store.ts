import { Problem } from '../core/errors.ts'
import type {
  Conference,
  ConferenceChanges,
  FileState,
  Invitee,
  NewConference,
  Participant,
} from '../vendors/vendor.ts'
import type { Outcome } from './outcome.ts'

/** A file as it was uploaded. */
export interface UploadedFile {
  vendorId: string
  name: string
  contentType: string
  /** Bytes. */
  size: number
  /** Lower-case hex. */
  sha256: string
  state: FileState
  url: string | null
  raw: unknown
}

/** What an operation made or changed, as the vendor showed it then. Never a credential. */
export type OperationResult =
  | { type: 'Conference'; value: Conference; startsByLink?: true }
  | { type: 'Participant'; value: Participant }
  | { type: 'UploadedFile'; value: UploadedFile }

/** What to look for at a vendor to learn whether an operation was done; as little of its input as that takes. */
export type Lookup =
  | { kind: 'created'; input: NewConference }
  | { kind: 'updated'; id: string; changes: ConferenceChanges }
  | { kind: 'deleted'; id: string }
  | { kind: 'running'; id: string }
  | { kind: 'ended'; id: string }
  | { kind: 'invited'; id: string; invitee: Invitee }
  | { kind: 'removed'; id: string; participantId: string }

/** The durable record of one mutation. Times in ms since the epoch. */
export interface OperationRecord {
  readonly id: string
  /** The one that is at it, or clears it up. */
  readonly process: string
  readonly caller: string
  readonly mutation: string
  readonly account: string | null
  /** `Account.identity` at that time. Absent in records of earlier versions. */
  readonly accountIdentity?: string
  readonly key: string | null
  /** False: the key is free for another operation. */
  readonly holdsKey: boolean
  /** Keyed digest of the input, base64url. */
  readonly digest: string
  readonly startedAt: number
  /** The latest instant at which it may have left us; null while that is not asked. */
  readonly sentAt: number | null
  readonly finishedAt: number | null
  readonly outcome: Outcome
  /** How to see at the vendor whether it was done; null where that cannot be seen. */
  readonly lookup: Lookup | null
  readonly answer: OperationResult | null
  readonly problems: readonly Problem[]
}

/** Where operations are written down. Every member throws STORE_UNAVAILABLE where that cannot be done durably. */
export interface Store {
  /** Writes a few bytes, to learn whether writing works. */
  check(): Promise<void>
  /**
   * Writes a new operation down, or gives the one that holds its key. For a caller whose share is full, deletes its oldest
   * settled operations that hold no key.
   *
   * @throws STORE_QUOTA_EXCEEDED if that is not enough.
   */
  insert(record: OperationRecord): Promise<OperationRecord | null>
  /** Replaces an operation that is in one of these outcomes; false where it is in another. */
  updateIf(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean>
  find(id: string): Promise<OperationRecord | null>
  /** The operation that holds a caller's key. */
  findByKey(caller: string, mutation: string, key: string): Promise<OperationRecord | null>
  /** The caller's latest operation that uploaded this file. */
  findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null>
  /** Those begun since then whose outcome is PENDING or UNKNOWN, less what these processes are at, and what is unreadable: the oldest 1,000. */
  listUnresolved(since: number, processes: ReadonlySet<string>): Promise<OperationRecord[]>
  /** Frees the keys of all begun before then. */
  releaseKeysOlderThan(before: number): Promise<void>
  /** Deletes all begun before then. */
  deleteOlderThan(before: number): Promise<void>
  /** Ends with what was asked before. */
  close(): Promise<void>
}

/** Processes that share the store have not had the time to report; that is no failure. */
export class TooEarly extends Error {}

/** One record in a store that works. */
export class UnreadableRecord extends Error {}

export function isStoreFailure(error: unknown): error is Problem {
  if (!(error instanceof Problem) || error.code !== 'STORE_UNAVAILABLE') return false
  return !(error.cause instanceof TooEarly || error.cause instanceof UnreadableRecord)
}

export interface StoreOptions {
  /** How much the operations of one caller can take, in bytes. */
  callerBytes: number
  /** Called once for every record that cannot be read. */
  onUnreadable(id: string, error: unknown): void
}

/** What a record takes beside its own bytes: its row, its indexes. */
export const recordOverheadBytes = 512
/** How many settled operations are deleted at once for a caller whose share is full; more than one record can need. */
export const evictionBatchSize = 200

/** How many open operations are found at once. */
export const openBatchSize = 1_000

export const createQuotaExceeded = (): Problem =>
  new Problem(
    'STORE_QUOTA_EXCEEDED',
    'Operations of this caller fill its share of the operation store. Retry when earlier idempotency keys have expired, after 24 hours.',
  )

export const createStoreUnavailableProblem = (cause: unknown): Problem =>
  new Problem('STORE_UNAVAILABLE', 'Operations cannot be written down at the moment, so none is sent.', { cause })
