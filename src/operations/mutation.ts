import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { DataChange } from '../upstream/read-subject.ts'
import type { Account } from '../vendors/accounts.ts'
import type { Lookup } from './store.ts'
import type { Outcome } from './outcome.ts'
import type { OperationResult, OperationRecord } from './store.ts'

/** A mutation as the caller requested it. */
export interface MutationRequest {
  caller: string
  mutation: string
  input: object
  /** Idempotency key. */
  key: string | null
  /** Context of the GraphQL operation. The mutation uses a fork of it. */
  call: CallContext
  /**
   * Checks the input without a vendor call.
   *
   * @param clientAssignedId ID that a new object gets if the vendor supports it.
   * @throws Problem if the input is rejected. Nothing was changed then.
   */
  createPlan(clientAssignedId: string): MutationPlan
  /** Whether the input differs from the earlier operation in a part that the digest does not cover: the bytes of a file. */
  isDifferent?(earlier: OperationRecord): Promise<boolean>
}

/** How to execute a mutation. */
export interface MutationPlan {
  account: Account
  /** Data that the mutation can change, so that what is cached of it becomes outdated. Null if it changes nothing that can be read. */
  change: DataChange | null
  /** How to learn from the vendor whether the mutation took effect. Null if the vendor does not reveal it. */
  lookup: Lookup | null
  execute(call: CallContext): Promise<MutationEffect>
}

/** Effect of a successful mutation. */
export interface MutationEffect {
  result: OperationResult | null
  /** Why a part of the mutation was not completed. */
  problems?: readonly Problem[]
  credential?: Credential | null
}

/** A secret that is returned to the caller and never stored. */
export interface Credential {
  value: string
  expiresAt: Date | null
}

/** Content of a mutation payload. */
export interface MutationResult {
  outcome: Outcome
  problems: readonly Problem[]
  result: OperationResult | null
  /** Null if the mutation could not be recorded. */
  operation: OperationRecord | null
  /** Whether this is the result of an earlier request with the same idempotency key. */
  replayed: boolean
  credential: Credential | null
}

export function toResult(operation: OperationRecord, replayed: boolean): MutationResult {
  const { outcome, problems, result } = operation
  return { outcome, problems, result, operation, replayed, credential: null }
}

/** Creates the result of a mutation that was not sent because it could not be recorded. */
export function createStoreUnavailableResult(problem: Problem): MutationResult {
  return { outcome: 'NOT_SENT', problems: [problem], result: null, operation: null, replayed: false, credential: null }
}

export function hasCode(error: unknown, code: Code): error is Problem {
  return error instanceof Problem && error.code === code
}
