import type { OperationExecution } from './operation-execution.ts'
import type { RequestLabels } from './request-labels.ts'
import type { Log } from './response/outgoing-response.ts'

/**
 * Writes the log line of an operation.
 *
 * @param started When the request arrived, as `performance.now()`.
 */
export function logOperation(
  log: Log,
  { caller, operation, documentId, codes, notes }: OperationExecution,
  { requestId, clientAddress }: RequestLabels,
  status: number,
  started: number,
): void {
  const { mutationCodes, failedSources, cacheUse } = notes
  const line: Record<string, unknown> = {
    requestId,
    clientAddress,
    caller: caller.name,
    operation: operation?.name?.value ?? null,
    document: documentId,
    kind: operation?.operation ?? null,
    status,
    duration: Math.round(performance.now() - started),
    codes: getDistinct([...codes, ...mutationCodes, ...failedSources.map(({ code }) => code)]),
  }
  if (failedSources.length > 0) line['partial'] = true
  if (cacheUse && cacheUse.stale.length > 0) line['stale'] = cacheUse.stale
  log.info(line, 'operation')
}

const getDistinct = <T>(values: T[]): T[] => (values.length > 1 ? [...new Set(values)] : values)
