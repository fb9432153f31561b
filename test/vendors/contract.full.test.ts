import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vendors } from '../../src/vendors/index.ts'
import type { VendorList } from '../../src/vendors/vendor-lists.ts'
import { listAllItems, open, readAll, type Opened } from './contract/open.ts'

describe.each(vendors)('$label', (definition) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open(definition)
  })
  afterAll(() => opened?.close())

  test.each(['users', 'conferences'] as const)('lists %s in pages of 1 in both directions', async (name) => {
    const { account } = opened
    const openList = account.vendor[name] as ((filter: object) => VendorList<{ vendorId: string }>) | undefined
    if (!openList) return
    const ids = (await readAll(openList({}))).map(({ vendorId }) => vendorId)
    for (const direction of ['first', 'last'] as const)
      expect(await listAllItems(account, openList({}), 1, direction)).toEqual(ids)
  })
})
