import type { IncomingHttpHeaders } from 'node:http'
import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import type { FailedSource } from '../schema/operation-notes.ts'
import type { OperationExecution } from './operation-execution.ts'
import { HttpError } from './response/http-error.ts'

/** How an operation ended. */
export interface OperationEnd {
  /** Null if the operation was rejected before its kind was known, or if the request has no operation. */
  kind: 'query' | 'mutation' | 'subscription' | null
  /** Codes of its GraphQL errors, then codes of its mutations that did not succeed. */
  codes: readonly Code[]
  /** Accounts whose part of a page is missing or incomplete. */
  failedSources: readonly FailedSource[]
}

/**
 * Called when an operation arrives. The returned function is called when the operation ends.
 *
 * @param headers Headers of a trusted proxy. Empty if there is none.
 */
export type ObserveOperation = (requestId: string, headers: IncomingHttpHeaders) => (end: OperationEnd) => void

/** Returns the end of an operation that was executed. */
export function toOperationEnd({ operation, codes, notes }: OperationExecution): OperationEnd {
  const { mutationCodes, failedSources } = notes
  return { kind: operation?.operation ?? null, codes: [...codes, ...mutationCodes], failedSources }
}

/** Returns the end of an operation that was rejected with `error`. */
export function toRejectedEnd(error: unknown): OperationEnd {
  const problem = error instanceof HttpError ? error.problem : error
  return { kind: null, codes: [problem instanceof Problem ? problem.code : 'INTERNAL'], failedSources: [] }
}

/**
 * Returns one code of an operation for metrics and traces: `INTERNAL` if it is among the codes, otherwise the first
 * code. If there are no codes, returns `PARTIAL` if a source failed, otherwise `ok`.
 */
export function chooseCode({ codes, failedSources }: OperationEnd): Code | 'PARTIAL' | 'ok' {
  if (codes.includes('INTERNAL')) return 'INTERNAL'
  return codes[0] ?? (failedSources.length > 0 ? 'PARTIAL' : 'ok')
}
