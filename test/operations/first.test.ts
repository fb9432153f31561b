import { expect, test } from 'vitest'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { mutate, open } from './open.ts'

test('slice', async () => {
  const opened = await open(trueconf)
  const created = await mutate(opened, 'createConference', { account: 'trueconf', title: 'Hi', owner: { vendorId: 'helen' }, idempotencyKey: 'k' })
  console.log(JSON.stringify(created, null, 1), opened.sandbox.effects, opened.defects)
  const again = await mutate(opened, 'createConference', { account: 'trueconf', title: 'Hi', owner: { vendorId: 'helen' }, idempotencyKey: 'k' })
  expect(again.replayed).toBe(true)
  expect(again.conference).toEqual(created.conference)
})
