import { expect, test } from 'vitest'
import { addedTo } from '../../bench/harness/added.ts'
import type { Times } from '../../bench/harness/vendor-account.ts'

/** The time added to a read of one account that was due at 0 and ended at 100, with these requests of the account. */
function addedWith(times: Partial<Times>): number[] {
  const read = { body: '', truth: '', accounts: ['zoom'], calls: ['zoom GET /users'] }
  const done = [{ kind: 'list', read, due: 0, ended: 100, verdict: 'right' }] as const
  return addedTo(done, {
    zoom: { urls: ['GET /users', 'GET /others'], completed: [], abandoned: [], tokens: [], ...times },
  })
}

test('the time of the vendor is not added by the server', () => {
  expect(addedWith({ completed: [0, 10, 90] })).toEqual([20])
})

test('the wait before a retry is added, but not the failed attempt', () => {
  expect(addedWith({ abandoned: [0, 5, 25], completed: [0, 65, 95] })).toEqual([50])
})

test('calls at the same time count once', () => {
  expect(addedWith({ completed: [0, 10, 60, 0, 20, 30, 0, 50, 90] })).toEqual([20])
})

test('a call that another read started counts from when the read was due', () => {
  expect(addedWith({ completed: [0, -50, 90] })).toEqual([10])
})

test('a token request of the account is time of the vendor', () => {
  expect(addedWith({ tokens: [10, 40], completed: [0, 45, 95] })).toEqual([20])
})

test('calls of other reads, and calls before or after the read, are no time of the vendor', () => {
  expect(addedWith({ completed: [1, 10, 90, 0, -20, -10, 0, 110, 120] })).toEqual([100])
})
