import { Gauge, type Registry } from '../prometheus.ts'
import { accountStates, computeAccountState } from '../../upstream/account-state.ts'
import type { Account } from '../../vendors/accounts.ts'

/**
 * Registers the gauges of the accounts. They are read when `/metrics` is requested. The list `accounts` can change
 * later.
 */
export function registerAccountGauges(registry: Registry, accounts: readonly Account[]): void {
  const register = (name: string, help: string, read: (account: Account) => number): Gauge =>
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
    help: 'State of accounts, by account and state: 1 for the current state, 0 for the others.',
    labelNames: ['account', 'state'],
    registers: [registry],
    collect: () => {
      state.reset()
      for (const account of accounts) {
        const current = computeAccountState(account.upstream.getHealth())
        for (const name of accountStates) state.set({ account: account.key, state: name }, Number(name === current))
      }
    },
  })
  const computeSecondsUntil = (time: number | null): number => Math.max(0, (time ?? 0) - Date.now()) / 1000
  register(
    'parley_vendor_calls_in_flight',
    'Vendor calls in flight, by account.',
    ({ upstream }) => upstream.getHealth().inFlight,
  )
  register(
    'parley_vendor_calls_queued',
    'Vendor calls that wait for an in-flight slot, by account.',
    ({ upstream }) => {
      return upstream.getHealth().queued
    },
  )
  register(
    'parley_breaker_open',
    'State of circuit breakers, by account: 1 while vendor calls are paused, else 0.',
    ({ upstream }) => Number(upstream.getHealth().isBreakerOpen),
  )
  register(
    'parley_retry_quota',
    'Remaining retry quota, by account. A retry takes 14, a success returns 1.',
    (account) => {
      return account.upstream.getHealth().retryQuota
    },
  )
  register(
    'parley_rate_limit_hold_seconds',
    "Seconds until the cooldown of the vendor's rate limit ends, by account.",
    (account) => computeSecondsUntil(account.upstream.getHealth().rateLimitedUntil),
  )
  register(
    'parley_token_life_seconds',
    'Seconds until the cached access token expires, by account. 0 if no token is cached, or if it does not expire.',
    (account) => computeSecondsUntil(account.upstream.getHealth().tokenExpiresAt),
  )
}
