import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { persistedExchange } from '@urql/exchange-persisted'
import { parse } from 'graphql'
import { Client, fetchExchange, subscriptionExchange } from 'urql'
// In your own project, import from '@parley-graphql/server/schema'.
import { possibleTypes } from '../../../src/client/schema.ts'
import { getDocumentId } from '../shared/document-id.ts'
import { observe } from '../shared/live-client.ts'
import { headers, sendsIds, url } from '../shared/settings.ts'

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
    ConferenceEvent: () => null,
    ConferenceEventMessage: () => null,
    ConnectionSource: () => null,
    EventGap: () => null,
    EventSource: () => null,
    Problem: () => null,
    OneTimeSchedule: () => null,
    PermanentSchedule: () => null,
    RecurringSchedule: () => null,
  },
})

/** `fetchSubscriptions: true` of the client works, too, but does not connect again after a lost connection. */
const subscriptions = subscriptionExchange({
  forwardSubscription: ({ query, variables = {} }, operation) => ({
    subscribe: (observer) => {
      const id = sendsIds ? getDocumentId(operation.query) : undefined
      return { unsubscribe: observe(parse(query!), variables, observer, id) }
    },
  }),
})

/** Sends the ID as `extensions.persistedQuery.sha256Hash`. */
const ids = persistedExchange({
  enforcePersistedQueries: true,
  enableForMutation: true,
  generateHash: async (_, document) => getDocumentId(document),
})

export const client = new Client({
  url,
  exchanges: [cache, ...(sendsIds ? [ids] : []), fetchExchange, subscriptions],
  fetchOptions: { headers },
  preferGetMethod: false,
})
