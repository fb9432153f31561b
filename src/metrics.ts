import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { OperationEnd } from './http/observer.ts'
import type { UpstreamEvent } from './upstream/upstream.ts'
import type { Account } from './vendors/accounts.ts'

export interface Metrics {
  /** Counts what an account's calls tell. */
  observe(account: string, event: UpstreamEvent): void
  /** Counts an operation in; what comes back counts it out. */
  operation(): (end: OperationEnd) => void
  /** Counts a mutation that has come to an end. */
  mutation(name: string, outcome: string): void
  /** Adds the gauges of the accounts; they are read when somebody asks. */
  watch(accounts: readonly Account[]): void
  /** Adds the gauge of a Redis. */
  watchRedis(isUp: () => boolean): void
  /** An exception or rejection that nobody handled. */
  unhandled(kind: 'exception' | 'rejection'): void
  logLineDropped(): void
  spansLost(): void
  /** Prometheus text. */
  text(): Promise<string>
}

/** Counters per account and outcome, and per kind of operation; no ids and no operation names in labels. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  // Which Node it is helps only those who look for a hole in it.
  registry.removeSingleMetric('nodejs_version_info')
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const unhandled = counter(
    'parley_unhandled_errors_total',
    'Exceptions and rejections that nobody handled, by kind. Each is a defect; an exception also ends the process.',
    ['kind'],
  )
  for (const kind of ['exception', 'rejection']) unhandled.inc({ kind }, 0)
  const mutations = counter(
    'parley_mutations_total',
    'Mutations by name and by the outcome that was first answered; a look-up that settles an UNKNOWN later is not counted.',
    ['mutation', 'outcome'],
  )
  const dropped = counter(
    'parley_log_lines_dropped_total',
    'Log lines dropped because stderr was read too slowly, or took none.',
    [],
  )
  const lost = counter('parley_trace_exports_failed_total', 'Batches of spans that the collector did not take.', [])
  return {
    observe: observeUpstream(registry),
    operation: observeOperations(registry),
    mutation: (mutation, outcome) => mutations.inc({ mutation, outcome }),
    watch: (accounts) => watchAccounts(registry, accounts),
    watchRedis: (isUp) => watchRedis(registry, isUp),
    unhandled: (kind) => unhandled.inc({ kind }),
    logLineDropped: () => dropped.inc(),
    spansLost: () => lost.inc(),
    text: () => registry.metrics(),
  }
}

function observeUpstream(registry: Registry): Metrics['observe'] {
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

function observeOperations(registry: Registry): Metrics['operation'] {
  const registers = [registry]
  const operations = new Counter({
    name: 'parley_operations_total',
    help: 'GraphQL operations by kind (query, mutation; none: refused before it was read) and code (ok, or its first error).',
    labelNames: ['kind', 'code'],
    registers,
  })
  const seconds = new Histogram({
    name: 'parley_operation_seconds',
    help: 'How long operations took from their headers to their answer, by kind.',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
    registers,
  })
  const inFlight = new Gauge({
    name: 'parley_operations_in_flight',
    help: 'Operations under way; past the limit operationsInFlight they are refused with OVERLOADED.',
    registers,
  })
  return () => {
    inFlight.inc()
    const stop = seconds.startTimer()
    return (end) => {
      const kind = end.kind ?? 'none'
      inFlight.dec()
      stop({ kind })
      operations.inc({ kind, code: end.codes[0] ?? 'ok' })
    }
  }
}

function watchAccounts(registry: Registry, accounts: readonly Account[]): void {
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
  const secondsUntil = (instant: number | null): number => Math.max(0, (instant ?? 0) - Date.now()) / 1000
  gauge('parley_vendor_calls_in_flight', 'Vendor calls under way.', ({ upstream }) => upstream.health().inFlight)
  gauge('parley_vendor_calls_queued', 'Vendor calls that wait for one of the places in flight.', ({ upstream }) => {
    return upstream.health().queued
  })
  gauge('parley_breaker_open', '1 while the account is given a pause after too many failures.', ({ upstream }) =>
    Number(upstream.health().breakerOpen),
  )
  gauge(
    'parley_retry_quota',
    'What is left to spend on retries; a retry takes 14, a clean success gives 1.',
    (account) => {
      return account.upstream.health().retryQuota
    },
  )
  gauge('parley_rate_limit_hold_seconds', "For how long the vendor's rate limit still holds calls back.", (account) =>
    secondsUntil(account.upstream.health().rateLimitedUntil),
  )
  gauge(
    'parley_token_life_seconds',
    'For how long the access token still lives; 0: none held, or one without end.',
    (account) => secondsUntil(account.upstream.health().tokenExpiresAt),
  )
}

function watchRedis(registry: Registry, isUp: () => boolean): void {
  const gauge: Gauge = new Gauge({
    name: 'parley_redis_up',
    help: 'Whether Redis can be asked; 0: mutations are refused, and nothing is shared.',
    registers: [registry],
    collect: () => gauge.set(Number(isUp())),
  })
}
