import type { Reservation } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import type { OperationExecution } from './operation-execution.ts'
import { operationBytes } from './request/json-body.ts'
import { HttpError } from './response/http-error.ts'

/**
 * Reserves memory for a response.
 *
 * @throws `TOO_MANY_REQUESTS` or `OVERLOADED`; for a mutation `OUTCOME_UNKNOWN`, because its result is recorded.
 */
export function reserveResponse(memory: Reservation, body: string, operation: OperationExecution['operation']): void {
  const bytes = Math.max(operationBytes, Buffer.byteLength(body))
  if (operation?.operation !== 'mutation') return memory.hold(bytes)
  if (memory.resize(bytes)) return
  const text =
    'The mutation was executed, but the server has no memory for its response. ' +
    'Query "operation" for the result, or send the mutation again with the same "idempotencyKey".'
  throw new HttpError(new Problem('OUTCOME_UNKNOWN', text), { status: 503 })
}
