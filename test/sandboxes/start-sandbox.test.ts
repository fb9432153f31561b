import { expect, onTestFinished, test } from 'vitest'
import { sandboxNames, startSandbox } from '../../src/sandboxes/index.ts'
import { vendors } from '../../src/vendors/index.ts'

test.each(sandboxNames)('starts the sandbox of %s, with an account for a configuration', async (name) => {
  const sandbox = await startSandbox(name)
  onTestFinished(() => sandbox.close())
  expect(sandbox.account.vendor).toBe(name)
  expect(JSON.stringify(sandbox.account)).toContain(sandbox.url)
  await fetch(`${sandbox.url}/none`)
  expect(sandbox.ledger).toMatchObject([{ method: 'GET', path: '/none' }])
})

test('passes the options on to the sandbox of the vendor', async () => {
  const sandbox = await startSandbox('trueconf', { users: 3, conferences: 2, running: 0, now: () => 1_000 })
  onTestFinished(() => sandbox.close())
  expect([...sandbox.data.users]).toHaveLength(3)
  await fetch(sandbox.url)
  expect(sandbox.ledger[0]!.at).toBe(1_000)
})

test('has one sandbox for each vendor, in the same order', () => {
  expect(sandboxNames).toEqual(vendors.map(({ slug }) => slug))
})
