import type { IncomingHttpHeaders } from 'node:http'
import { Problem, type Code } from '../errors.ts'
import { Refusal } from './status.ts'

/** How an operation ended; `kind` is null where it was refused before that was known. */
export interface OperationEnd {
  kind: 'query' | 'mutation' | 'subscription' | null
  codes: readonly Code[]
}

/** Told of every operation when it arrives; what it gives is told of the end. */
export type ObserveOperation = (requestId: string, headers: IncomingHttpHeaders) => (end: OperationEnd) => void

/** The end of an operation that was refused with this error. */
export function refusedWith(error: unknown): OperationEnd {
  const problem = error instanceof Refusal ? error.problem : error
  return { kind: null, codes: [problem instanceof Problem ? problem.code : 'INTERNAL'] }
}
