import type { IncomingHttpHeaders } from 'node:http'
import { Problem, type Code } from '../core/errors.ts'
import type { FailedSource } from '../schema/operation-notes.ts'
import { HttpError } from './response/http-error.ts'

/** How an operation ended. */
export interface OperationEnd {
  /** Null if the operation was rejected before its kind was known. */
  kind: 'query' | 'mutation' | 'subscription' | null
  /** Codes of its GraphQL errors, then of its mutations that did not succeed. */
  codes: readonly Code[]
  /** Accounts whose part of a page is missing or incomplete. */
  failedSources: readonly FailedSource[]
}

/** Is called when an operation arrives, with the headers of a trusted proxy or none. The result is called when it ends. */
export type ObserveOperation = (requestId: string, headers: IncomingHttpHeaders) => (end: OperationEnd) => void

/** Returns the end of an operation that was rejected with `error`. */
export function toRejectedEnd(error: unknown): OperationEnd {
  const problem = error instanceof HttpError ? error.problem : error
  return { kind: null, codes: [problem instanceof Problem ? problem.code : 'INTERNAL'], failedSources: [] }
}

/** Returns the one code that stands for the operation. An internal error is never hidden behind another error. */
export function chooseCode({ codes, failedSources }: OperationEnd): Code | 'PARTIAL' | 'ok' {
  if (codes.includes('INTERNAL')) return 'INTERNAL'
  return codes[0] ?? (failedSources.length > 0 ? 'PARTIAL' : 'ok')
}
