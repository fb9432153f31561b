import { formatKeySetFailure } from '../auth/jwt/key-set-request.ts'
import type { Logger } from 'pino'
import type { AccountLog } from './account-log.ts'
import type { ObserveOperation } from '../http/observer.ts'
import { createUpstreamLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { MutationRequest, MutationResult } from '../operations/mutation.ts'
import type { DownloadEnd } from '../http/download/download.ts'
import { encodeId, encodeOperationId } from '../schema/ids.ts'
import type { Tracing } from './tracing.ts'
import type { UpstreamEvent } from '../upstream/events.ts'

/** The log, metrics, and traces of the server. */
export interface Telemetry {
  log: Logger
  metrics: Metrics
  /** Null if no collector of traces is configured. */
  tracing: Tracing | null
}

/**
 * Returns a function that logs, counts, and traces the events of an account. Create one for each account that is opened,
 * because the log skips events that it has already logged for an account.
 */
export function createUpstreamObserver(
  { log, metrics, tracing }: Telemetry,
  accountLog: AccountLog,
): (account: string, event: UpstreamEvent) => void {
  const logEvent = createUpstreamLog(log)
  return (account, event) => {
    metrics.countUpstreamEvent(account, event)
    if (event.kind === 'read') return
    logEvent(account, event)
    accountLog.onEvent(account)
    if (event.kind === 'call') tracing?.recordCall(account, event)
  }
}

/** Returns a function that counts and logs the result of a mutation. */
export function createMutationObserver({
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

/** Returns a function that counts and traces GraphQL operations. */
export function createOperationObserver({ metrics, tracing }: Telemetry): ObserveOperation {
  return (requestId, headers) => {
    const countEnd = metrics.startOperation()
    const traceEnd = tracing?.startOperation(requestId, headers)
    return (end) => {
      countEnd(end)
      traceEnd?.(end)
    }
  }
}

/** Returns a function that counts and logs the end of a download. The log contains no part of its link. */
export function createDownloadObserver({ log, metrics }: Telemetry): (vendor: string, end: DownloadEnd) => void {
  return (vendor, end) => {
    metrics.countDownload(vendor, end)
    const { labels, link, status, outcome, bytes, durationMs } = end
    const { caller, account, parentId, vendorId } = link
    const recording = encodeId('Recording', account, parentId, vendorId)
    const duration = Math.round(durationMs)
    log.info({ ...labels, caller, account, recording, status, outcome, bytes, duration }, 'download')
  }
}

/** Returns a function that logs the start and the end of each outage of a key server. */
export function createKeySetObserver({ log }: Telemetry): (issuer: string, failure: unknown) => void {
  return (issuer, failure) => {
    if (failure === null) log.info({ issuer }, 'key set fetched again')
    else log.warn({ issuer, reason: formatKeySetFailure(failure) }, 'key set request failed')
  }
}
