import { Counter, type Registry } from '../prometheus.ts'

/** Registers the counter of webhooks. Returns a function that counts one. */
export function registerHookCounter(registry: Registry): (account: string, result: string) => void {
  const hooks = new Counter({
    name: 'parley_hooks_total',
    help: 'Requests to the webhook URLs of accounts, by account and result (accepted, ignored, validated, unverified, late, unreadable, unavailable, rejected).',
    labelNames: ['account', 'result'],
    registers: [registry],
  })
  return (account, result) => hooks.inc({ account, result })
}
