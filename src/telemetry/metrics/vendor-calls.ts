import { Counter, Histogram, type Registry } from 'prom-client'
import type { Code } from '../../core/errors.ts'
import type { UpstreamEvent } from '../../upstream/events.ts'

/** Outcomes that alerts watch. Their series exist from the start, so that `increase()` sees the first event. */
const watchedCallOutcomes: readonly (Code | 'ok')[] = ['ok', 'VENDOR_TIMEOUT', 'VENDOR_UNAVAILABLE']
const watchedTokenOutcomes: readonly (Code | 'ok')[] = [
  ...watchedCallOutcomes,
  'VENDOR_AUTH_FAILED',
  'VENDOR_BAD_RESPONSE',
  'VENDOR_RATE_LIMITED',
  'VENDOR_TLS_ERROR',
]

export interface VendorCallMetrics {
  /** Creates the series of these accounts with 0. */
  watch(accounts: readonly string[]): void
  count(account: string, event: UpstreamEvent): void
}

/** Registers what an account's calls report: calls, retries, tokens, circuit breakers, rate limits. */
export function countVendorCalls(registry: Registry): VendorCallMetrics {
  const registers = [registry]
  const calls = new Counter({
    name: 'parley_vendor_calls_total',
    help: 'Vendor calls by account, method and outcome (ok, or the error code); every attempt counts.',
    labelNames: ['account', 'method', 'outcome'],
    registers,
  })
  const retries = new Counter({
    name: 'parley_vendor_retries_total',
    help: 'Vendor calls that repeated an earlier attempt; also counted in parley_vendor_calls_total.',
    labelNames: ['account'],
    registers,
  })
  const seconds = new Histogram({
    name: 'parley_vendor_call_seconds',
    help: 'How long vendor calls took, by account and outcome (ok, failed).',
    labelNames: ['account', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 12],
    registers,
  })
  const tokens = new Counter({
    name: 'parley_token_fetches_total',
    help: 'Access tokens fetched, by account and outcome (ok, or the error code).',
    labelNames: ['account', 'outcome'],
    registers,
  })
  const breaks = new Counter({
    name: 'parley_breaker_opened_total',
    help: 'How often calls to the account were stopped because too many failed; a failed probe counts again.',
    labelNames: ['account'],
    registers,
  })
  const holds = new Counter({
    name: 'parley_rate_limits_total',
    help: "Answers in which the vendor's rate limit asked for a pause.",
    labelNames: ['account'],
    registers,
  })
  const watch = (account: string): void => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      for (const outcome of watchedCallOutcomes) calls.inc({ account, method, outcome }, 0)
    for (const outcome of watchedTokenOutcomes) tokens.inc({ account, outcome }, 0)
    for (const counter of [retries, breaks, holds]) counter.inc({ account }, 0)
  }
  const count = (account: string, event: UpstreamEvent): void => {
    if (event.kind === 'token') tokens.inc({ account, outcome: event.code ?? 'ok' })
    else if (event.kind === 'hold') holds.inc({ account })
    else if (event.kind === 'breaker') breaks.inc({ account }, Number(event.open))
    else {
      calls.inc({ account, method: event.method, outcome: event.code ?? 'ok' })
      if (event.attempt > 1) retries.inc({ account })
      seconds.observe({ account, outcome: event.code === null ? 'ok' : 'failed' }, event.ms / 1000)
    }
  }
  return { watch: (accounts) => accounts.forEach(watch), count }
}
