import { afterAll, describe, expect, test } from 'vitest'
import { vendors } from '../../src/vendors/index.ts'
import type { VendorList } from '../../src/vendors/vendor-lists.ts'
import { startSandboxOf } from '../support/sandbox.ts'
import { toFixtureOptions } from './contract/fixtures.ts'
import { openOver, readAll, listAllItems } from './contract/open.ts'

describe.each(vendors)('$label', (definition) => {
  const opened = startSandboxOf(definition, toFixtureOptions(definition).seed).then((sandbox) => ({
    sandbox,
    account: openOver(definition, sandbox),
  }))
  afterAll(async () => {
    const { sandbox, account } = await opened
    await account.upstream.close()
    await sandbox.close()
  })

  test.each(['users', 'conferences'] as const)('lists %s in pages of 1 in both directions', async (name) => {
    const { account } = await opened
    const openList = account.vendor[name] as ((filter: object) => VendorList<{ vendorId: string }>) | undefined
    if (!openList) return
    const ids = (await readAll(openList({}))).map(({ vendorId }) => vendorId)
    for (const direction of ['first', 'last'] as const)
      expect(await listAllItems(account, openList({}), 1, direction)).toEqual(ids)
  })
})
