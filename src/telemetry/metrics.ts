import type { Code } from '../core/error-codes.ts'
import type { CutReason } from '../http/guard/cut-connections.ts'
import type { DocumentResult } from '../http/document/document-finder.ts'
import type { DownloadEnd } from '../http/download/download.ts'
import type { OperationEnd } from '../http/observer.ts'
import { registerAccountGauges } from './metrics/accounts.ts'
import {
  registerDocumentGauge,
  registerDocumentReloadCounter,
  registerDocumentRequestCounter,
  type DocumentCounts,
  type DocumentReload,
} from './metrics/documents.ts'
import { registerDownloadCounters, registerDownloadGauge } from './metrics/downloads.ts'
import { registerEventMetrics } from './metrics/events.ts'
import { registerHookCounter } from './metrics/hooks.ts'
import { registerKeySetGauge } from './metrics/key-set.ts'
import { registerMutationMetrics } from './metrics/mutations.ts'
import { registerOperationMetrics } from './metrics/operations.ts'
import { registerRejectionCounter } from './metrics/requests.ts'
import { registerReloadCounter, type ReloadOutcome } from './metrics/reloads.ts'
import { registerStoreMetrics, registerRedisGauge } from './metrics/store.ts'
import { registerCutConnectionCounter, registerSocketGauges, type SocketGauges } from './metrics/sockets.ts'
import { registerVendorCallMetrics } from './metrics/vendor-calls.ts'
import { Counter, Registry, registerProcessMetrics } from './prometheus.ts'
import type { EventGapReason } from '../events/stream/event-message.ts'
import type { LogEntry } from '../events/log/log-entry.ts'
import type { Outcome } from '../operations/outcome.ts'
import type { UpstreamEvent } from '../upstream/events.ts'
import type { Account } from '../vendors/accounts.ts'

export interface Metrics {
  /** Counts an event of an account. */
  countUpstreamEvent(account: string, event: UpstreamEvent): void
  /** Counts an operation in flight. The returned function counts its end. */
  startOperation(): (end: OperationEnd) => void
  /** Counts a rejected HTTP request. */
  countRejectedRequest(status: number, code: Code): void
  /** Counts a request to the webhook URL of an account. */
  countHook(account: string, result: string): void
  /** Creates the series of these mutations, with the value 0. */
  createMutationSeries(names: readonly string[]): void
  /** Counts a mutation. `isReplay`: whether it returned the stored result of an earlier mutation. */
  countMutation(name: string, outcome: Outcome, isReplay: boolean): void
  /** Registers the gauges of the accounts. The list can change later. */
  registerAccountGauges(accounts: readonly Account[]): void
  /** Creates the series of vendor calls of these accounts, with the value 0. */
  createCallSeries(accounts: readonly string[]): void
  /** Counts an event, or a gap, that this process has recorded. */
  countEventEntry(entry: LogEntry): void
  /** Counts a gap that a stream reports because of its cursor or its reader. */
  countStreamGap(account: string, reason: EventGapReason): void
  /** Counts a reload of the configuration. */
  countReload(outcome: ReloadOutcome): void
  /** Registers the gauge of trusted documents. */
  registerDocumentGauge(listCounts: () => DocumentCounts): void
  /** Counts how a request names its document. */
  countDocumentRequest(result: DocumentResult): void
  /** Counts a reload of a list of trusted documents. `kept`: the last valid list is still in use. */
  countDocumentReload(result: DocumentReload): void
  /** Registers the gauge of the operation store. */
  registerStoreGauge(isUp: () => boolean): void
  /** Counts a failed request to the operation store. */
  countStoreFailure(): void
  /** Registers the gauge of Redis. */
  registerRedisGauge(isUp: () => boolean): void
  /** Registers the gauge of the key sets for JWTs. `isUp` returns null while no issuer is configured. */
  registerKeySetGauge(isUp: () => boolean | null): void
  /** Counts an unhandled exception or rejection, or an internal error of a mutation or of store maintenance. */
  countUnhandled(kind: 'exception' | 'rejection' | 'mutation'): void
  /** Counts a client connection that the server closed while it was in use. */
  countCutConnection(reason: CutReason): void
  /** Registers the gauges of client connections, of event streams, and of buffered bytes. */
  registerSocketGauges(gauges: SocketGauges): void
  /** Counts a download of a recording. @param vendor GraphQL name of its vendor. */
  countDownload(vendor: string, end: DownloadEnd): void
  /** Registers the gauge of downloads in progress. */
  registerDownloadGauge(count: () => number): void
  countDroppedLogLine(): void
  countLostSpans(): void
  /** Returns the metrics in the text format of Prometheus. */
  formatMetrics(): Promise<string>
}

/**
 * Creates the metrics of the server. Labels have a bounded number of values: they contain no IDs and no names of
 * operations.
 */
export function createMetrics(): Metrics {
  const registry = new Registry()
  registerProcessMetrics(registry)
  const createCounter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const unhandled = createCounter(
    'parley_unhandled_errors_total',
    'Internal errors outside of a request, by kind (exception, rejection, mutation). An exception also ends the process.',
    ['kind'],
  )
  for (const kind of ['exception', 'rejection', 'mutation']) unhandled.inc({ kind }, 0)
  const vendorCalls = registerVendorCallMetrics(registry)
  const store = registerStoreMetrics(registry)
  const mutations = registerMutationMetrics(registry)
  const events = registerEventMetrics(registry)
  const dropped = createCounter(
    'parley_log_lines_dropped_total',
    'Log lines dropped because stderr was read too slowly or could not be written.',
    [],
  )
  const lost = createCounter(
    'parley_trace_exports_failed_total',
    'Batches of spans that could not be sent to the collector.',
    [],
  )
  return {
    countUpstreamEvent: vendorCalls.count,
    startOperation: registerOperationMetrics(registry),
    countRejectedRequest: registerRejectionCounter(registry),
    countHook: registerHookCounter(registry),
    createMutationSeries: mutations.createSeries,
    countMutation: mutations.count,
    registerAccountGauges: (accounts) => {
      vendorCalls.createSeries(accounts.map(({ key }) => key))
      registerAccountGauges(registry, accounts)
    },
    createCallSeries: vendorCalls.createSeries,
    countEventEntry: events.countEntry,
    countStreamGap: events.countGap,
    countReload: registerReloadCounter(registry),
    registerDocumentGauge: (listCounts) => registerDocumentGauge(registry, listCounts),
    countDocumentRequest: registerDocumentRequestCounter(registry),
    countDocumentReload: registerDocumentReloadCounter(registry),
    registerStoreGauge: store.watch,
    countStoreFailure: store.count,
    registerRedisGauge: (isUp) => registerRedisGauge(registry, isUp),
    registerKeySetGauge: (isUp) => registerKeySetGauge(registry, isUp),
    countUnhandled: (kind) => unhandled.inc({ kind }),
    countCutConnection: registerCutConnectionCounter(registry),
    registerSocketGauges: (gauges) => registerSocketGauges(registry, gauges),
    countDownload: registerDownloadCounters(registry),
    registerDownloadGauge: (count) => registerDownloadGauge(registry, count),
    countDroppedLogLine: () => dropped.inc(),
    countLostSpans: () => lost.inc(),
    formatMetrics: () => registry.metrics(),
  }
}
