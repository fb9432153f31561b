import { Problem, type Code } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'
import type { Lookup } from './store.ts'
import type { Outcome } from './outcome.ts'
import type { OperationResult, OperationRecord } from './store.ts'

/** One mutation as its caller asked for it. */
export interface MutationRequest {
  caller: string
  mutation: string
  input: object
  key: string | null
  /** That of the GraphQL operation; the mutation works with a fork of it. */
  call: CallContext
  /** Checks the input without any call. Throws Problem, and then nothing was done. */
  createPlan(naturalKey: string): MutationPlan
  /** Whether the input is not what it was, in what the digest does not cover: a file's bytes. */
  isDifferent?(earlier: OperationRecord): Promise<boolean>
}

/** What is to be done. */
export interface MutationPlan {
  account: Account
  /** How to see whether it was done; null where that cannot be seen. */
  lookup: Lookup | null
  execute(call: CallContext): Promise<MutationEffect>
}

export interface MutationEffect {
  answer: OperationResult | null
  problems?: readonly Problem[]
  credential?: Credential | null
}

/** Handed to the caller and stored nowhere. */
export interface Credential {
  value: string
  expiresAt: Date | null
}

/** What a mutation's payload is made of. */
export interface MutationResult {
  outcome: Outcome
  problems: readonly Problem[]
  answer: OperationResult | null
  /** Null where it could not be written down. */
  operation: OperationRecord | null
  replayed: boolean
  credential: Credential | null
}

export function toResult(operation: OperationRecord, replayed: boolean): MutationResult {
  const { outcome, problems, answer } = operation
  return { outcome, problems, answer, operation, replayed, credential: null }
}

/** Of a mutation that was not sent because it could not be written down. */
export function createStoreUnavailableResult(problem: Problem): MutationResult {
  return { outcome: 'NOT_SENT', problems: [problem], answer: null, operation: null, replayed: false, credential: null }
}

export function hasCode(error: unknown, code: Code): error is Problem {
  return error instanceof Problem && error.code === code
}
