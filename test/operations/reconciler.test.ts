import { expect, test } from 'vitest'
import { ManualClock } from './clock.ts'
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

test('checks an unknown outcome at once after an event, at most once per second, and none of another account', async () => {
  const clock = new ManualClock(1_000_000)
  const checks: number[] = []
  const findCreated = () => {
    checks.push(clock.now() - 1_000_000)
    return Promise.resolve('ambiguous')
  }
  const reconciler = new OutcomeReconciler({
    store: {} as Store,
    accounts: [{ key: 'zoom', identity: 'one', vendor: { findCreated } } as unknown as Account],
    clock,
    ages: { now: clock.now } as AgeClock,
    getTime: () => 25_000,
  })
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  const advance = async (ms: number) => {
    clock.advance(ms)
    await settle()
  }
  const ended = reconciler.reconcile({
    account: 'zoom',
    accountIdentity: 'one',
    sentAt: clock.now(),
    startedAt: clock.now(),
    outcome: 'UNKNOWN',
    lookup: { kind: 'created', input: {} },
  } as OperationRecord)
  for (const ms of [1_000, 2_000, 4_000, 8_000]) await advance(ms)
  expect(checks).toEqual([1_000, 3_000, 7_000, 15_000])
  await advance(5_000)
  reconciler.checkSoon('trueconf')
  await settle()
  reconciler.checkSoon('zoom')
  await settle()
  expect(checks.slice(4)).toEqual([20_000])
  for (let count = 0; count < 5; count++) reconciler.checkSoon('zoom')
  await advance(999)
  expect(checks.slice(5)).toEqual([])
  await advance(1)
  expect(checks.slice(5)).toEqual([21_000])
  await advance(10_000)
  expect(checks.slice(6)).toEqual([31_000])
  reconciler.stop()
  await ended
})
