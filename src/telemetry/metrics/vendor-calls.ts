import { registerEventCounter, registerEventHistogram } from '../event-metrics.ts'
import { Counter, type Registry } from '../prometheus.ts'
import type { Code } from '../../core/error-codes.ts'
import type { UpstreamEvent } from '../../upstream/events.ts'

/** Outcomes for alerts. Their series exist from the start, so that `increase()` counts the first event. */
const watchedCallOutcomes: readonly (Code | 'ok')[] = ['ok', 'VENDOR_TIMEOUT', 'VENDOR_UNAVAILABLE']
const watchedTokenOutcomes: readonly (Code | 'ok')[] = [
  ...watchedCallOutcomes,
  'VENDOR_AUTH_FAILED',
  'VENDOR_BAD_RESPONSE',
  'VENDOR_RATE_LIMITED',
  'VENDOR_TLS_ERROR',
]

export interface VendorCallMetrics {
  /** Creates the series of these accounts with the value 0. */
  createSeries(accounts: readonly string[]): void
  count(account: string, event: UpstreamEvent): void
}

/** Registers the metrics of vendor calls: calls, retries, token requests, circuit breakers, rate limits, and event connections. */
export function registerVendorCallMetrics(registry: Registry): VendorCallMetrics {
  const registers = [registry]
  const countCalls = registerEventCounter(registry, {
    name: 'parley_vendor_calls_total',
    help: 'Vendor calls, by account, method, and outcome (ok or an error code); retries included.',
    labelNames: ['account', 'method', 'outcome'],
  })
  const retries = new Counter({
    name: 'parley_vendor_retries_total',
    help: 'Retries of vendor calls, by account. Also counted in parley_vendor_calls_total.',
    labelNames: ['account'],
    registers,
  })
  const observeSeconds = registerEventHistogram(registry, {
    name: 'parley_vendor_call_seconds',
    help: 'Duration of vendor calls in seconds, by account and outcome (ok, failed).',
    labelNames: ['account', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 12],
  })
  const tokens = new Counter({
    name: 'parley_token_fetches_total',
    help: 'Requests for access tokens, by account and outcome (ok or an error code).',
    labelNames: ['account', 'outcome'],
    registers,
  })
  const breakerOpenings = new Counter({
    name: 'parley_breaker_opened_total',
    help: 'Number of times the circuit breaker opened, by account. A failed probe counts again.',
    labelNames: ['account'],
    registers,
  })
  const cooldowns = new Counter({
    name: 'parley_rate_limits_total',
    help: 'Vendor responses that started a cooldown of a rate limit, by account.',
    labelNames: ['account'],
    registers,
  })
  const sockets = new Counter({
    name: 'parley_event_connections_total',
    help: 'Event connections, by account and outcome (ok, or an error code if one ended or could not be opened).',
    labelNames: ['account', 'outcome'],
    registers,
  })
  const skippedFrames = new Counter({
    name: 'parley_event_frames_skipped_total',
    help: 'Frames of event connections that could not be read, by account.',
    labelNames: ['account'],
    registers,
  })
  const countReads = registerEventCounter(registry, {
    name: 'parley_cache_reads_total',
    help: 'Reads of queries, by account, kind of data, and result (hit, miss, shared, stale).',
    labelNames: ['account', 'kind', 'result'],
  })
  const createAccountSeries = (account: string): void => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      for (const outcome of watchedCallOutcomes) countCalls([account, method, outcome], 0)
    for (const outcome of watchedTokenOutcomes) tokens.inc({ account, outcome }, 0)
    for (const counter of [retries, breakerOpenings, cooldowns, skippedFrames]) counter.inc({ account }, 0)
  }
  const count = (account: string, event: UpstreamEvent): void => {
    if (event.kind === 'read') countReads([account, event.of, event.result])
    else if (event.kind === 'token') tokens.inc({ account, outcome: event.code ?? 'ok' })
    else if (event.kind === 'cooldown') cooldowns.inc({ account })
    else if (event.kind === 'socket') sockets.inc({ account, outcome: event.code ?? 'ok' })
    else if (event.kind === 'skipped-frame') skippedFrames.inc({ account })
    else if (event.kind === 'breaker') breakerOpenings.inc({ account }, Number(event.open))
    else {
      countCalls([account, event.method, event.code ?? 'ok'])
      if (event.attempt > 1) retries.inc({ account })
      observeSeconds([account, event.code === null ? 'ok' : 'failed'], event.ms / 1000)
    }
  }
  return { createSeries: (accounts) => accounts.forEach(createAccountSeries), count }
}
