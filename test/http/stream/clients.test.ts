import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { Client, fetchExchange } from '@urql/core'
import { EventSource } from 'eventsource'
import { createClient, type ExecutionResult } from 'graphql-sse'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startTicks, type TickServer } from './ticks.ts'

const subscription = 'subscription { ticks { number } }'

const retry = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))

/** A subscriber of graphql-sse, with everything that it reports. */
function subscribeWithGraphqlSse(url: string, query = subscription) {
  const client = createClient({ url: `${url}/graphql`, retryAttempts: 10_000, retry })
  onTestFinished(() => client.dispose())
  const received = { results: [] as ExecutionResult[], errors: [] as unknown[], isComplete: false, connections: 0 }
  client.subscribe(
    { query },
    {
      next: (result) => received.results.push(result as ExecutionResult),
      error: (error) => received.errors.push(error),
      complete: () => (received.isComplete = true),
    },
    { connected: () => received.connections++ },
  )
  return received
}

const listNumbers = (results: { data?: unknown }[]): unknown[] =>
  results.flatMap(({ data }) => (data ? [(data as { ticks: { number: number } }).ticks.number] : []))

describe('graphql-sse', () => {
  test('receives every message and the end of the source', async () => {
    const server = await startTicks()
    const received = subscribeWithGraphqlSse(server.url)
    server.ticks.send(50)
    server.ticks.end()
    await vi.waitFor(() => expect(received.isComplete).toBe(true))
    expect(listNumbers(received.results)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    expect(received).toMatchObject({ errors: [], connections: 1 })
  })

  test('receives the errors of a subscription that cannot start, and does not connect again', async () => {
    const server = await startTicks()
    const received = subscribeWithGraphqlSse(server.url, 'subscription { ticks(reject: "yes") { number } }')
    await vi.waitFor(() => expect(received.isComplete).toBe(true))
    expect(received).toMatchObject({ results: [{ errors: [{ message: 'This is rejected.' }] }], connections: 1 })
  })

  test('receives the result of a query', async () => {
    const server = await startTicks()
    const received = subscribeWithGraphqlSse(server.url, '{ hello }')
    await vi.waitFor(() => expect(received.isComplete).toBe(true))
    expect(received.results).toEqual([{ data: { hello: 'hello fixture' } }])
  })

  test('connects again after the server has stopped', async () => {
    const first = await startTicks()
    const received = subscribeWithGraphqlSse(first.url)
    first.ticks.send()
    await vi.waitFor(() => expect(received.results).toHaveLength(1))
    await first.http.drain()
    expect(received.results[1]).toMatchObject({ errors: [{ extensions: { code: 'SHUTTING_DOWN', retryable: true } }] })
    const second = await startTicks({ port: first.port })
    second.ticks.send()
    await vi.waitFor(() => expect(listNumbers(received.results)).toEqual([1, 1]))
    expect(received).toMatchObject({ errors: [], isComplete: false })
  })
})

describe('EventSource', () => {
  const open = (server: TickServer, query: string): { source: EventSource; messages: [string, string][] } => {
    const source = new EventSource(`${server.url}/graphql?${new URLSearchParams({ query }).toString()}`)
    onTestFinished(() => source.close())
    const messages: [string, string][] = []
    for (const name of ['next', 'complete'])
      source.addEventListener(name, ({ data }) => messages.push([name, data as string]))
    return { source, messages }
  }

  test('receives every message and the end of the source', async () => {
    const server = await startTicks()
    const { messages } = open(server, subscription)
    server.ticks.send(2)
    server.ticks.end()
    await vi.waitFor(() => expect(messages.at(-1)).toEqual(['complete', '']))
    expect(messages.slice(0, 3)).toEqual([
      ['next', '{"data":{"ticks":{"number":1}}}'],
      ['next', '{"data":{"ticks":{"number":2}}}'],
      ['complete', ''],
    ])
  })

  test('receives an error of validation and the end of the stream', async () => {
    const server = await startTicks()
    const { messages } = open(server, 'subscription { unknown }')
    await vi.waitFor(() => expect(messages[1]).toEqual(['complete', '']))
    expect(messages[0]![1]).toContain('GRAPHQL_VALIDATION_FAILED')
  })
})

describe('urql with fetchSubscriptions', () => {
  test('receives every message', async () => {
    const server = await startTicks()
    const client = new Client({
      url: `${server.url}/graphql`,
      exchanges: [fetchExchange],
      fetchSubscriptions: true,
      preferGetMethod: false,
    })
    const results: unknown[] = []
    const { unsubscribe } = client.subscription(subscription, {}).subscribe(({ data }) => results.push(data))
    onTestFinished(unsubscribe)
    server.ticks.send()
    await vi.waitFor(() => expect(results).toContainEqual({ ticks: { number: 1 } }))
    server.ticks.send()
    await vi.waitFor(() => expect(results).toContainEqual({ ticks: { number: 2 } }))
    expect((await client.query('{ hello }', {})).data).toEqual({ hello: 'hello fixture' })
  })
})

describe("Apollo Client's HttpLink, which reads only multipart/mixed", () => {
  test('gets 406 with the name of the type', async () => {
    const server = await startTicks()
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${server.url}/graphql` }),
      cache: new InMemoryCache(),
    })
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const observable = client.subscribe({ query: gql(subscription) })
    const subscriber = observable.subscribe({ next: ({ error }) => resolve(error), error: resolve })
    onTestFinished(() => subscriber.unsubscribe())
    expect(String(await promise)).toContain('text/event-stream')
    expect(server.logs).toMatchObject([{ fields: { status: 406, codes: ['UNSUPPORTED_MEDIA_TYPE'] } }])
  })
})
