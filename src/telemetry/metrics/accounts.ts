import { Gauge, type Registry } from 'prom-client'
import { accountStates, computeAccountState } from '../../upstream/account-state.ts'
import type { Account } from '../../vendors/accounts.ts'

/** Registers the gauges of the accounts. They are read when `/metrics` is requested. `accounts` can change. */
export function registerAccountGauges(registry: Registry, accounts: readonly Account[]): void {
  const gauge = (name: string, help: string, read: (account: Account) => number): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ['account'],
      registers: [registry],
      collect() {
        this.reset()
        for (const account of accounts) this.set({ account: account.key }, read(account))
      },
    })
  const state: Gauge<'account' | 'state'> = new Gauge({
    name: 'parley_account_state',
    help: 'State of the account: 1 for its present state, 0 for every other, by account and state.',
    labelNames: ['account', 'state'],
    registers: [registry],
    collect: () => {
      state.reset()
      for (const account of accounts) {
        const present = computeAccountState(account.upstream.getHealth())
        for (const name of accountStates) state.set({ account: account.key, state: name }, Number(name === present))
      }
    },
  })
  const computeSecondsUntil = (instant: number | null): number => Math.max(0, (instant ?? 0) - Date.now()) / 1000
  gauge('parley_vendor_calls_in_flight', 'Vendor calls under way.', ({ upstream }) => upstream.getHealth().inFlight)
  gauge('parley_vendor_calls_queued', 'Vendor calls that wait for one of the places in flight.', ({ upstream }) => {
    return upstream.getHealth().queued
  })
  gauge('parley_breaker_open', '1 while the account is given a pause after too many failures.', ({ upstream }) =>
    Number(upstream.getHealth().breakerOpen),
  )
  gauge(
    'parley_retry_quota',
    'What is left to spend on retries; a retry takes 14, a clean success gives 1.',
    (account) => {
      return account.upstream.getHealth().retryQuota
    },
  )
  gauge('parley_rate_limit_hold_seconds', "For how long the vendor's rate limit still holds calls back.", (account) =>
    computeSecondsUntil(account.upstream.getHealth().rateLimitedUntil),
  )
  gauge(
    'parley_token_life_seconds',
    'For how long the access token still lives; 0: none held, or one without end.',
    (account) => computeSecondsUntil(account.upstream.getHealth().tokenExpiresAt),
  )
}
