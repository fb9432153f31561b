import { registerEventCounter, registerEventHistogram } from '../event-metrics.ts'
import { Counter, Gauge, type Registry } from '../prometheus.ts'
import { chooseCode, type OperationEnd } from '../../http/observer.ts'

/** Codes for alerts and dashboards. Their series exist from the start, so that `increase()` counts the first event. */
const watchedCodes = ['ok', 'PARTIAL', 'INTERNAL', 'OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN'] as const

/**
 * Registers the metrics of GraphQL operations. Returns a function to call at the start of an operation. Call its result
 * at the end.
 */
export function registerOperationMetrics(registry: Registry): () => (end: OperationEnd) => void {
  const registers = [registry]
  const countOperations = registerEventCounter(registry, {
    name: 'parley_operations_total',
    help: 'GraphQL operations, by kind (query, mutation, subscription, or none if rejected before it was known, or if an MCP request has no operation) and code (ok, PARTIAL, or an error code).',
    labelNames: ['kind', 'code'],
  })
  for (const kind of ['query', 'mutation', 'subscription', 'none'])
    for (const code of watchedCodes) countOperations([kind, code], 0)
  const partial = new Counter({
    name: 'parley_partial_operations_total',
    help: 'GraphQL operations whose result lacks data of an account, by account and code.',
    labelNames: ['account', 'code'],
    registers,
  })
  const observeSeconds = registerEventHistogram(registry, {
    name: 'parley_operation_seconds',
    help: 'Duration of GraphQL operations from their headers to their response (of a subscription, to its beginning) in seconds, by kind.',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
  })
  const inFlight = new Gauge({
    name: 'parley_operations_in_flight',
    help: 'GraphQL operations in flight. At the limit operationsInFlight, operations are rejected with OVERLOADED.',
    registers,
  })
  return () => {
    inFlight.inc()
    const started = performance.now()
    return (end) => {
      const kind = end.kind ?? 'none'
      inFlight.dec()
      observeSeconds([kind], (performance.now() - started) / 1000)
      countOperations([kind, chooseCode(end)])
      for (const source of end.failedSources) partial.inc({ ...source })
    }
  }
}
