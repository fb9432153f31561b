import { Problem } from '../core/errors.ts'
import type { ConferenceChanges, Invitee, NewConference, OccurrenceChanges } from '../vendors/vendor-inputs.ts'
import type { Conference, FileState, Occurrence, Participant } from '../vendors/vendor-objects.ts'
import type { Outcome } from './outcome.ts'

/** A file that was uploaded. */
export interface UploadedFile {
  vendorId: string
  name: string
  contentType: string
  /** Size in bytes. */
  size: number
  /** SHA-256 in lowercase hex. */
  sha256: string
  state: FileState
  url: string | null
  raw: unknown
}

/** Object that an operation created or changed, as the vendor reported it then. Contains no credentials. */
export type OperationResult =
  | { type: 'Conference'; value: Conference; startsByLink?: true }
  | { type: 'Occurrence'; value: Occurrence }
  | { type: 'Participant'; value: Participant }
  | { type: 'UploadedFile'; value: UploadedFile }

/** What to look up at a vendor to learn whether an operation took effect. Contains only the part of the input that this requires. */
export type Lookup =
  | { kind: 'created'; input: NewConference }
  | { kind: 'updated'; id: string; changes: ConferenceChanges }
  | { kind: 'deleted'; id: string }
  | { kind: 'running'; id: string }
  | { kind: 'ended'; id: string }
  | { kind: 'invited'; id: string; invitee: Invitee }
  | { kind: 'removed'; id: string; participantId: string }
  | { kind: 'recordingDeleted'; parentId: string; id: string }
  | { kind: 'occurrenceChanged'; id: string; occurrenceId: string; changes: OccurrenceChanges }
  | { kind: 'occurrenceCanceled'; id: string; occurrenceId: string }

/** Durable record of one mutation. Times are in milliseconds since the epoch. */
export interface OperationRecord {
  readonly id: string
  /** Process that executes the operation or reconciles its outcome. */
  readonly processId: string
  readonly caller: string
  readonly mutation: string
  readonly account: string | null
  /** `Account.identity` when the operation began. Absent in records of earlier versions. */
  readonly accountIdentity?: string
  /** Idempotency key of the request. */
  readonly key: string | null
  /** Whether this operation owns its idempotency key. If false, another operation can use the key. */
  readonly ownsKey: boolean
  /** HMAC of the input in base64url. Empty if the input was not read. */
  readonly digest: string
  readonly startedAt: number
  /** Latest time at which the request can have been sent. Null unless the outcome is or was `UNKNOWN`. */
  readonly sentAt: number | null
  /** When the current outcome was recorded. Null while the outcome is `PENDING`. */
  readonly finishedAt: number | null
  readonly outcome: Outcome
  /** How to learn from the vendor whether the operation took effect. Null if the vendor does not reveal it. */
  readonly lookup: Lookup | null
  readonly result: OperationResult | null
  readonly problems: readonly Problem[]
}

/** Store of operations. Every method except `close` throws STORE_UNAVAILABLE if the store fails. Writes are durable when they resolve. */
export interface Store {
  /** Tests whether the store can be written. */
  check(): Promise<void>
  /**
   * Inserts an operation. If the caller's share of the store is full, deletes the caller's oldest resolved operations that do
   * not own a key.
   *
   * @returns The operation that owns the key, if there is one. Nothing was inserted then. Otherwise null.
   * @throws STORE_QUOTA_EXCEEDED if the share is still full.
   */
  insert(record: OperationRecord): Promise<OperationRecord | null>
  /** Replaces the stored operation if its outcome is one of `expected`. Otherwise returns false. */
  updateIf(record: OperationRecord, expected: readonly Outcome[]): Promise<boolean>
  /** Finds an operation by ID. Null if there is none. */
  find(id: string): Promise<OperationRecord | null>
  /** Finds the operation that owns a caller's key. Null if there is none. */
  findByKey(caller: string, mutation: string, key: string): Promise<OperationRecord | null>
  /** Finds the caller's latest operation that uploaded a file. Null if there is none. */
  findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null>
  /**
   * Returns up to 1,000 operations whose outcome is `PENDING` or `UNKNOWN`, the oldest first. Omits unreadable records.
   *
   * @param since Earliest start of the operations, in milliseconds since the epoch.
   * @param processes Operations of these processes are omitted.
   */
  listUnresolved(since: number, processes: ReadonlySet<string>): Promise<OperationRecord[]>
  /** Releases the keys of all operations that began before this time, in milliseconds since the epoch. */
  releaseKeysOlderThan(before: number): Promise<void>
  /** Deletes all operations that began before this time, in milliseconds since the epoch. */
  deleteOlderThan(before: number): Promise<void>
  /** Closes the store after the calls that were made before. */
  close(): Promise<void>
}

/** Cause of STORE_UNAVAILABLE while the processes that share the store had no time yet to send a heartbeat. Not a failure of the store. */
export class RegistryNotReadyError extends Error {}

/** Cause of STORE_UNAVAILABLE if one record cannot be read. Not a failure of the store. */
export class UnreadableRecordError extends Error {}

/** Whether the error shows that the store has failed. */
export function isStoreFailure(error: unknown): error is Problem {
  if (!(error instanceof Problem) || error.code !== 'STORE_UNAVAILABLE') return false
  return !(error.cause instanceof RegistryNotReadyError || error.cause instanceof UnreadableRecordError)
}

export interface StoreOptions {
  /** Maximum size of all operations of one caller, in bytes. */
  callerBytes: number
  /** Called once for every record that cannot be read. */
  onUnreadable(id: string, error: unknown): void
}

/** Estimated size of a record's row and indexes without the record itself, in bytes. */
export const recordOverheadBytes = 512
/** Maximum number of operations that are deleted to make room for one record. More than one record can need. */
export const evictionBatchSize = 200

/** Maximum number of unresolved operations that are returned at once. */
export const unresolvedBatchSize = 1_000

export const createQuotaExceededProblem = (): Problem =>
  new Problem(
    'STORE_QUOTA_EXCEEDED',
    'The operations of this caller fill its share of the operation store. Retry after earlier idempotency keys have expired, 24 hours after their use.',
  )

export const createStoreUnavailableProblem = (cause: unknown): Problem =>
  new Problem('STORE_UNAVAILABLE', 'The operation store is unavailable. Mutations are not sent until it recovers.', {
    cause,
  })
