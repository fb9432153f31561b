import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { Client, fetchExchange } from 'urql'
// In a project of your own: from '@parley-graphql/server/schema'.
import { possibleTypes } from '../../../src/client/schema.ts'
import { headers, url } from '../shared/address.ts'

const cache = cacheExchange({
  possibleTypes,
  // Without the whole schema, the cache also warns of the fields that other types of a union have.
  logger: (severity, message) => {
    if (!/^Invalid undefined.+Inline Fragment on "(?:OneTime|Recurring)Schedule"/s.test(message))
      console[severity](message)
  },
  resolvers: { Query: { users: relayPagination({ mergeMode: 'outwards' }) } },
  // They have no id of their own: they belong to the object that holds them.
  keys: {
    ConnectionSource: () => null,
    Problem: () => null,
    OneTimeSchedule: () => null,
    PermanentSchedule: () => null,
    RecurringSchedule: () => null,
  },
})

export const client = new Client({
  url,
  exchanges: [cache, fetchExchange],
  fetchOptions: { headers },
  preferGetMethod: false,
})
