import { expect, test } from 'vitest'
import type { AgeClock } from '../../src/operations/age-clock.ts'
import { OutcomeReconciler } from '../../src/operations/reconciler.ts'
import type { OperationRecord, Store } from '../../src/operations/store.ts'
import type { CallContext } from '../../src/upstream/call-context.ts'
import type { Account } from '../../src/vendors/accounts.ts'

test('uses the operation timeout of the last reload for each check of an unknown outcome', async () => {
  let now = 1_000_000
  let time = 25_000
  const times: number[] = []
  const findCreated = (_input: unknown, _since: number, call: CallContext) => {
    times.push(call.time.deadline - now)
    time = 5_000
    return Promise.resolve('ambiguous')
  }
  const settler = new OutcomeReconciler({
    store: {} as Store,
    accounts: [{ key: 'zoom', identity: 'one', vendor: { findCreated } } as unknown as Account],
    clock: { now: () => now, sleep: async (ms) => void (now += ms) },
    ages: { now: () => now } as AgeClock,
    getTime: () => time,
  })
  await settler.reconcile({
    account: 'zoom',
    accountIdentity: 'one',
    sentAt: now,
    startedAt: now,
    outcome: 'UNKNOWN',
    lookup: { kind: 'created', input: {} },
  } as OperationRecord)
  expect(times.slice(0, 3)).toEqual([25_000, 5_000, 5_000])
})
