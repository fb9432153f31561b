import { afterEach, beforeEach, expect, test } from 'vitest'
import { trueconf } from '../../../src/vendors/trueconf/index.ts'
import { type ScriptedVendor, startScriptedVendor, trueconfAccount } from '../../e2e/scripted-vendor.ts'
import { openAccount, type OpenAccount } from '../../support/account.ts'

let server: ScriptedVendor
let account: OpenAccount
beforeEach(async () => {
  server = await startScriptedVendor()
  account = openAccount(trueconf, trueconfAccount(server))
})
afterEach(async () => {
  await account.close()
  server.close()
})

test.each([
  [{ type: 3, vad_selector: 1 }, { mode: 'ALL_ON_SCREEN' }, { type: 0 }],
  [{ type: 3 }, { title: 'B' }, { topic: 'B', type: 3 }],
  [{ type: '3', vad_selector: '1' }, { tags: ['x'] }, { type: 3, vad_selector: 1, tags: ['x'] }],
  [{ description: '' }, { mode: 'MODERATED' }, { description: '', type: 3, vad_selector: 0 }],
  [{ topic: 7, type: 'round' }, { tags: [] }, { topic: '7', tags: [] }],
  [{ owner: null, description: null }, { allowGuests: true }, { allow_guests: true, owner: undefined }],
] as const)('sends the reported fields %j with the update %j', async (reported, changes, sent) => {
  server.respond = () => ({ conference: { id: '1', topic: 'A', owner: 'helen@own.example', ...reported } })
  await account.vendor.updateConference!('1', changes, account.call())
  expect(server.sent).toEqual([{ topic: 'A', owner: 'helen', ...sent }])
})
