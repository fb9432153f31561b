import { graphql } from 'graphql'
import { expect, test } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { schema } from '../../src/schema/index.ts'

const account = { key: 'zoom' }

test.each(['User', 'Conference', 'Session'] as const)(
  'returns no %s that the vendor found by a former name',
  async (type) => {
    const load = async (_: object, vendorId: string) => ({
      vendorId: vendorId === 'former' ? 'current' : vendorId,
      account,
    })
    const loaders = { loadUser: load, loadConference: load, loadSession: load }
    const ids = ['former', 'current'].map((vendorId) => encodeId(type, 'zoom', vendorId))
    const { data, errors } = await graphql({
      schema,
      source: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variableValues: { ids },
      contextValue: { call: { caller: 'ada' }, accounts: [account], limits: { ids: 2 }, loaders },
    })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ nodes: [null, { id: ids[1] }] })
  },
)
