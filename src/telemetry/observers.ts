import { formatKeySetFailure } from '../auth/jwt/key-set-request.ts'
import type { Logger } from 'pino'
import type { AccountLog } from './account-log.ts'
import type { ObserveOperation } from '../http/observer.ts'
import { createUpstreamLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { MutationRequest, MutationResult } from '../operations/mutation.ts'
import { encodeOperationId } from '../schema/ids.ts'
import type { Tracing } from './tracing.ts'
import type { UpstreamEvent } from '../upstream/events.ts'

/** Where the server reports what it does. */
export interface Telemetry {
  log: Logger
  metrics: Metrics
  /** Null: nobody collects traces. */
  tracing: Tracing | null
}

/**
 * Logs, counts, and traces what the calls of an account report. Call it once for each account that is opened: what the log
 * already has about an account is not about the same account opened again.
 */
export function createUpstreamCounter(
  { log, metrics, tracing }: Telemetry,
  accountLog: AccountLog,
): (account: string, event: UpstreamEvent) => void {
  const note = createUpstreamLog(log)
  return (account, event) => {
    note(account, event)
    metrics.observe(account, event)
    accountLog.onEvent(account)
    if (event.kind === 'call') tracing?.recordCall(account, event)
  }
}

/** Counts and logs every mutation that was answered. */
export function observeMutations({
  log,
  metrics,
}: Telemetry): (request: MutationRequest, result: MutationResult) => void {
  return ({ caller, mutation, call: { requestId } }, { outcome, problems, operation, replayed }) => {
    const operationId = operation ? encodeOperationId(operation.id) : undefined
    const account = operation?.account
    metrics.countMutation(mutation, outcome, replayed)
    const line = { requestId, operationId, caller, mutation, account, outcome, code: problems[0]?.code }
    log.info({ ...line, ...(replayed && { replayed }) }, 'mutation')
  }
}

/** Counts and traces GraphQL operations. */
export function createOperationObserver({ metrics, tracing }: Telemetry): ObserveOperation {
  return (requestId, headers) => {
    const counted = metrics.startOperation()
    const traced = tracing?.operation(requestId, headers)
    return (end) => {
      counted(end)
      traced?.(end)
    }
  }
}

/** Logs each outage of a key server once. */
export function observeKeySets({ log }: Telemetry): (issuer: string, failure: unknown) => void {
  return (issuer, failure) => {
    if (failure === null) log.info({ issuer }, 'key set fetched again')
    else log.warn({ issuer, reason: formatKeySetFailure(failure) }, 'key set request failed')
  }
}
