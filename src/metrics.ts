import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { UpstreamEvent } from './upstream/upstream.ts'
import type { Account } from './vendors/accounts.ts'

export interface Metrics {
  observe(account: string, event: UpstreamEvent): void
  /** Adds the gauges of the accounts; they are read when somebody asks. */
  watch(accounts: readonly Account[]): void
  /** Prometheus text. */
  text(): Promise<string>
}

/** Counters per account and outcome; no ids and no operation names in labels. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const calls = new Counter({
    name: 'parley_vendor_calls_total',
    help: 'Vendor calls by account, method and outcome (ok, or the error code).',
    labelNames: ['account', 'method', 'outcome', 'retry'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'parley_vendor_call_seconds',
    help: 'How long vendor calls took.',
    labelNames: ['account'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 12],
    registers: [registry],
  })
  const tokens = new Counter({
    name: 'parley_token_fetches_total',
    help: 'Token fetches by account and outcome.',
    labelNames: ['account', 'outcome'],
    registers: [registry],
  })
  return {
    observe: (account, event) => {
      if (event.kind === 'token') return tokens.inc({ account, outcome: event.outcome })
      calls.inc({ account, method: event.method, outcome: event.code ?? 'ok', retry: String(event.retry) })
      seconds.observe({ account }, event.ms / 1000)
    },
    watch: (accounts) => {
      const gauge = (name: string, help: string, read: (account: Account) => number): Gauge =>
        new Gauge({
          name,
          help,
          labelNames: ['account'],
          registers: [registry],
          collect() {
            for (const account of accounts) this.set({ account: account.key }, read(account))
          },
        })
      gauge('parley_vendor_calls_in_flight', 'Vendor calls under way.', ({ upstream }) => upstream.health().inFlight)
      gauge(
        'parley_vendor_calls_queued',
        'Vendor calls that wait for their turn.',
        ({ upstream }) => upstream.health().queued,
      )
      gauge('parley_breaker_open', '1 while the account is given a pause.', ({ upstream }) =>
        Number(upstream.health().breakerOpen),
      )
      gauge('parley_retry_quota', 'What is left to spend on retries.', ({ upstream }) => upstream.health().retryQuota)
    },
    text: () => registry.metrics(),
  }
}
