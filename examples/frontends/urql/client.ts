import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { Client, fetchExchange } from 'urql'
// In your own project, import from '@parley-graphql/server/schema'.
import { possibleTypes } from '../../../src/client/schema.ts'
import { headers, url } from '../shared/settings.ts'

const cache = cacheExchange({
  possibleTypes,
  // Without the whole schema, the cache warns about the fields of a union that the type of the object does not have.
  logger: (severity, message) => {
    if (!/^Invalid undefined.+Inline Fragment on "(?:OneTime|Recurring)Schedule"/s.test(message))
      console[severity](message)
  },
  resolvers: { Query: { users: relayPagination({ mergeMode: 'outwards' }) } },
  // These types have no ID: the cache stores them within their parent objects.
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
