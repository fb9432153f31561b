import type { ServerResponse } from 'node:http'
import { Problem } from '../core/errors.ts'
import type { OperationExecution } from './operation-execution.ts'

/**
 * Aborts a query when its client disconnects. A mutation continues, because its result is recorded. Returns a function
 * that ends the watch.
 */
export function abortOnDisconnect(response: ServerResponse, execution: OperationExecution): () => void {
  const onClose = (): void => {
    if (response.writableFinished || execution.operation?.operation === 'mutation') return
    execution.timer.abort(
      new Problem('DEADLINE_EXCEEDED', 'The client closed the connection before the response was sent.'),
    )
  }
  response.on('close', onClose)
  return () => response.off('close', onClose)
}
