import { Counter, Registry, collectDefaultMetrics } from 'prom-client'
import type { Code } from '../core/errors.ts'
import type { CutReason } from '../http/guard/cut-connections.ts'
import type { OperationEnd } from '../http/observer.ts'
import { registerAccountGauges } from './metrics/accounts.ts'
import { watchKeySet } from './metrics/key-set.ts'
import { countMutations } from './metrics/mutations.ts'
import { countOperations } from './metrics/operations.ts'
import { countRejectedRequests } from './metrics/requests.ts'
import { countReloads, type ReloadOutcome } from './metrics/reloads.ts'
import { countStoreFailures, registerRedisGauge } from './metrics/store.ts'
import { countCutConnections, watchSockets, type SocketGauges } from './metrics/sockets.ts'
import { countVendorCalls } from './metrics/vendor-calls.ts'
import type { Outcome } from '../operations/outcome.ts'
import type { UpstreamEvent } from '../upstream/events.ts'
import type { Account } from '../vendors/accounts.ts'

export interface Metrics {
  /** Counts what an account's calls tell. */
  observe(account: string, event: UpstreamEvent): void
  /** Counts an operation in; what comes back counts it out. */
  startOperation(): (end: OperationEnd) => void
  /** Counts an HTTP request that was rejected. */
  requestRejected(status: number, code: Code): void
  /** Creates the series of these mutations. */
  watchMutations(names: readonly string[]): void
  /** Counts a mutation that has a result; `isReplay`: the stored result of an earlier one. */
  countMutation(name: string, outcome: Outcome, isReplay: boolean): void
  /** Adds the gauges of the accounts. The list can change. */
  registerAccountGauges(accounts: readonly Account[]): void
  /** Creates the series of calls to these accounts. */
  watchCalls(accounts: readonly string[]): void
  /** Counts a reload of the configuration. */
  configurationReloaded(outcome: ReloadOutcome): void
  /** Adds the gauge of the operation store. */
  watchStore(isUp: () => boolean): void
  /** Counts a request to the operation store that failed. */
  storeFailed(): void
  /** Adds the gauge of a Redis. */
  registerRedisGauge(isUp: () => boolean): void
  /** Adds the gauge of the keys for JWTs. `isUp`: null if no issuer is configured, which can change. */
  watchKeySet(isUp: () => boolean | null): void
  /** An exception or rejection that nobody handled, or an internal error of a mutation or of store maintenance. */
  countUnhandled(kind: 'exception' | 'rejection' | 'mutation'): void
  /** A client connection that the server closed while it was in use. */
  connectionCut(reason: CutReason): void
  /** Adds the gauges of client connections and of what is buffered for them. */
  watchSockets(gauges: SocketGauges): void
  countDroppedLogLine(): void
  countLostSpans(): void
  /** Prometheus text. */
  formatMetrics(): Promise<string>
}

const unwantedMetrics = [
  // Which Node it is helps only those who look for a hole in it.
  'nodejs_version_info',
  // Gauges that are named like counters, which `promtool check metrics` rejects; nodejs_active_resources has the numbers.
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
]

/** Counters per account and outcome, and per kind of operation; no ids and no operation names in labels. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of unwantedMetrics) registry.removeSingleMetric(name)
  const createCounter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const unhandled = createCounter(
    'parley_unhandled_errors_total',
    'Internal errors outside of a request, by kind (exception, rejection, mutation). An exception also ends the process.',
    ['kind'],
  )
  for (const kind of ['exception', 'rejection', 'mutation']) unhandled.inc({ kind }, 0)
  const vendorCalls = countVendorCalls(registry)
  const store = countStoreFailures(registry)
  const mutations = countMutations(registry)
  const dropped = createCounter(
    'parley_log_lines_dropped_total',
    'Log lines dropped because stderr was read too slowly, or took none.',
    [],
  )
  const lost = createCounter(
    'parley_trace_exports_failed_total',
    'Batches of spans that the collector did not take.',
    [],
  )
  return {
    observe: vendorCalls.count,
    startOperation: countOperations(registry),
    requestRejected: countRejectedRequests(registry),
    watchMutations: mutations.watch,
    countMutation: mutations.count,
    registerAccountGauges: (accounts) => {
      vendorCalls.watch(accounts.map(({ key }) => key))
      registerAccountGauges(registry, accounts)
    },
    watchCalls: vendorCalls.watch,
    configurationReloaded: countReloads(registry),
    watchStore: store.watch,
    storeFailed: store.count,
    registerRedisGauge: (isUp) => registerRedisGauge(registry, isUp),
    watchKeySet: (isUp) => watchKeySet(registry, isUp),
    countUnhandled: (kind) => unhandled.inc({ kind }),
    connectionCut: countCutConnections(registry),
    watchSockets: (gauges) => watchSockets(registry, gauges),
    countDroppedLogLine: () => dropped.inc(),
    countLostSpans: () => lost.inc(),
    formatMetrics: () => registry.metrics(),
  }
}
