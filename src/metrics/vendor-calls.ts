import { Counter, Histogram, type Registry } from 'prom-client'
import type { UpstreamEvent } from '../upstream/upstream.ts'

/** Registers what an account's calls report: calls, retries, tokens, circuit breakers, rate limits. */
export function countVendorCalls(registry: Registry): (account: string, event: UpstreamEvent) => void {
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
  return (account, event) => {
    if (event.kind === 'token') tokens.inc({ account, outcome: event.code ?? 'ok' })
    else if (event.kind === 'hold') holds.inc({ account })
    else if (event.kind === 'breaker') breaks.inc({ account }, Number(event.open))
    else {
      calls.inc({ account, method: event.method, outcome: event.code ?? 'ok' })
      if (event.attempt > 1) retries.inc({ account })
      seconds.observe({ account, outcome: event.code === null ? 'ok' : 'failed' }, event.ms / 1000)
    }
  }
}
