import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { Client, fetchExchange } from 'urql'
// In a project of your own: from '@parley-graphql/server/schema'.
import { possibleTypes } from '../../../src/client/schema.ts'
import { headers, url } from '../shared/address.ts'

const cache = cacheExchange({
  possibleTypes,
  resolvers: { Query: { users: relayPagination({ mergeMode: 'outwards' }) } },
  // They have no id of their own: they belong to the object that holds them.
  keys: { ConnectionSource: () => null, Problem: () => null },
})

export const client = new Client({
  url,
  exchanges: [cache, fetchExchange],
  fetchOptions: { headers },
  preferGetMethod: false,
})
