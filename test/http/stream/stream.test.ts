import { expect, describe, test, vi } from 'vitest'
import { Problem } from '../../../src/core/errors.ts'
import { openStream } from './read-events.ts'
import { startTicks } from './ticks.ts'

const endLines = (server: { logs: { fields: Record<string, unknown>; message: string }[] }) =>
  server.logs.filter(({ message }) => message === 'stream ended').map(({ fields }) => fields)

describe('an accepted subscription', () => {
  test.each([
    ['POST', 'text/event-stream'],
    ['GET', 'text/event-stream'],
    ['POST', '*/*'],
    ['GET', 'text/*'],
    ['POST', 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed'],
  ] as const)(
    'sends its headers and a comment before the first message, by %s with Accept %s',
    async (method, accept) => {
      const server = await startTicks()
      const stream = await openStream(server, { method, headers: { accept } })
      expect(stream.response.status).toBe(200)
      expect(Object.fromEntries(stream.response.headers)).toMatchObject({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'private, no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.any(String),
      })
      await vi.waitFor(() => expect(stream.text).toBe(':\n\n'))
      server.ticks.send()
      await vi.waitFor(() => expect(stream.text).toBe(':\n\nevent: next\ndata: {"data":{"ticks":{"number":1}}}\n\n'))
    },
  )

  test('sends every source value once and in order, and completes when the source ends', async () => {
    const server = await startTicks()
    const streams = await Promise.all([openStream(server), openStream(server)])
    server.ticks.send(100)
    server.ticks.end()
    for (const stream of streams) {
      expect(await stream.ended).toBe(true)
      expect(stream.ticks).toEqual(Array.from({ length: 100 }, (_, index) => ({ number: index + 1 })))
      expect(stream.text).toMatch(/event: complete\ndata:\n\n$/)
    }
    expect(server.http.streams.size).toBe(0)
  })

  test('executes each message with a context of its own, and its source with one that lasts as long as the stream', async () => {
    const server = await startTicks({ limits: { operationDeadline: 50 } })
    const stream = await openStream(server, { query: 'subscription { ticks { caller requestId } }' })
    server.ticks.send(2)
    await stream.waitForEvents(2)
    const [first, second] = server.ticks.executed
    const [source] = server.ticks.subscribed
    expect(first).not.toBe(second)
    expect(first!.signal).not.toBe(second!.signal)
    expect(first!.deadline).toBeLessThan(Infinity)
    expect(source!.deadline).toBe(Infinity)
    expect(source!.signal.aborted).toBe(false)
    stream.leave()
    await vi.waitFor(() => expect(source!.signal.aborted).toBe(true))
    expect(server.ticks.returned).toBe(1)
  })

  test('reports an error of a field in its message, and continues', async () => {
    const server = await startTicks()
    const stream = await openStream(server, { query: 'subscription { ticks { number broken } }' })
    server.ticks.send(2)
    await stream.waitForEvents(2)
    expect(stream.ticks).toEqual([
      { number: 1, broken: null },
      { number: 2, broken: null },
    ])
    expect(stream.codes).toEqual(['INTERNAL', 'INTERNAL'])
    expect(stream.text).not.toContain('secret')
  })

  test('reports a message that exceeds streamEvent as DEADLINE_EXCEEDED, and continues', async () => {
    const server = await startTicks({ limits: { streamEvent: 20 } })
    const query = 'subscription ($slow: Boolean!) { ticks { number hang @include(if: $slow) } }'
    const stream = await openStream(server, { query, variables: { slow: true } })
    server.ticks.send(2)
    await stream.waitForEvents(2)
    expect(stream.ticks).toEqual([
      { number: 1, hang: null },
      { number: 2, hang: null },
    ])
    expect(stream.codes).toEqual(['DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED'])
  })

  test('limits the size of each message to responseBytes', async () => {
    const server = await startTicks({ limits: { responseBytes: 1_000 } })
    const stream = await openStream(server, { query: 'subscription { ticks { text(size: 2000) } }' })
    server.ticks.send(2)
    await stream.waitForEvents(2)
    expect(stream.codes).toEqual(['OPERATION_TOO_EXPENSIVE', 'OPERATION_TOO_EXPENSIVE'])
  })

  test('logs one line when it ends, without its content', async () => {
    const server = await startTicks()
    const stream = await openStream(server, { query: 'subscription Clock { ticks { number } }' })
    server.ticks.send(3)
    await stream.waitForEvents(3)
    expect(server.logs).toEqual([])
    stream.leave()
    await vi.waitFor(() => expect(server.logs).toHaveLength(1))
    expect(endLines(server)).toEqual([
      {
        requestId: stream.response.headers.get('x-request-id'),
        clientAddress: '127.0.0.1',
        caller: 'local',
        operation: 'Clock',
        seconds: expect.any(Number),
        messages: 3,
        reason: 'disconnected',
        code: null,
      },
    ])
  })

  test('sends a comment at least every streamComment, also between messages', async () => {
    const server = await startTicks({ limits: { streamComment: 20 } })
    const stream = await openStream(server)
    const countComments = (): number => stream.text.split('\n\n').filter((part) => part === ':').length
    await vi.waitFor(() => expect(countComments()).toBeGreaterThan(3))
    server.ticks.send()
    await stream.waitForEvents(1)
    const before = countComments()
    await vi.waitFor(() => expect(countComments()).toBeGreaterThan(before))
  })
})

describe('a subscription that cannot start', () => {
  test.each([
    ['an error of parsing', 'subscription { ticks {', 'GRAPHQL_PARSE_FAILED'],
    ['an error of validation', 'subscription { ticks { unknown } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['two root fields', 'subscription { ticks { number } other { number } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two root fields in a fragment',
      'subscription { ...f } fragment f on Subscription { ticks { number } a: other { number } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['__typename as its field', 'subscription { __typename }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an excluded field',
      'subscription { ticks @skip(if: true) { number } }',
      expect.stringMatching(/BAD_USER_INPUT|VALIDATION_FAILED/),
    ],
    ['a missing variable', 'subscription ($reject: String!) { ticks(reject: $reject) { number } }', 'BAD_USER_INPUT'],
    ['a rejected argument', 'subscription { ticks(reject: "yes") { number } }', 'BAD_USER_INPUT'],
    ['a rejection that comes later', 'subscription { ticks(reject: "late") { number } }', 'INVALID_CURSOR'],
    ['a resolver with an internal error', 'subscription { ticks(reject: "broken") { number } }', 'INTERNAL'],
  ])('sends the error and completes because of %s', async (_, query, code) => {
    const server = await startTicks()
    for (const method of ['GET', 'POST'] as const) {
      const stream = await openStream(server, { query, method })
      expect(await stream.ended).toBe(true)
      expect(stream.response.status).toBe(200)
      expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      expect(stream.events.map(({ event }) => event)).toEqual(['next', 'complete'])
      expect(stream.codes).toEqual([code])
      expect(stream.text).not.toContain('secret')
    }
    expect(server.http.streams.size).toBe(0)
  })

  test('sends the error and completes because its schema has no subscriptions', async () => {
    const { Ticks } = await import('./ticks.ts')
    const { GraphQLSchema } = await import('graphql')
    const schema = new GraphQLSchema({ ...new Ticks().createSchema().toConfig(), subscription: null })
    const server = await startTicks({ schema })
    const stream = await openStream(server)
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['BAD_USER_INPUT'])
  })
})

describe('a document with several operations', () => {
  test.each([
    ['Both', 'query A { hello } subscription B { ticks { number } }'],
    [
      'with a fragment',
      'query A { hello } subscription B { ...f } fragment f on Subscription { ticks { ...t } } fragment t on Tick { number }',
    ],
    [
      'with conditions',
      'query A { hello } subscription B { ... @include(if: true) { ticks { number text(size: 1) @skip(if: true) } } }',
    ],
  ])('runs the one of operationName: %s', async (_, query) => {
    const server = await startTicks()
    const stream = await openStream(server, { query, operationName: 'B' })
    server.ticks.send()
    await stream.waitForEvents(1)
    expect([stream.ticks, stream.codes]).toEqual(
      stream.codes.length > 0 ? [[], ['GRAPHQL_VALIDATION_FAILED']] : [[{ number: 1 }], []],
    )
    const queried = await openStream(server, { query, operationName: 'A' })
    await queried.ended
    expect(queried.events).toEqual([
      { event: 'next', data: { data: { hello: 'hello fixture' } } },
      { event: 'complete' },
    ])
  })
})

test('sends introspection as an event stream', async () => {
  const server = await startTicks()
  const stream = await openStream(server, {
    query: '{ __schema { subscriptionType { fields { name } } } }',
    method: 'GET',
  })
  expect(await stream.ended).toBe(true)
  const fields = [{ name: 'ticks' }, { name: 'other' }]
  expect(stream.events[0]!.data).toEqual({ data: { __schema: { subscriptionType: { fields } } } })
})

describe('a source that fails', () => {
  test('completes the stream with an error that is not retryable', async () => {
    const server = await startTicks()
    const stream = await openStream(server)
    server.ticks.send()
    await stream.waitForEvents(1)
    server.ticks.end(new Problem('FORBIDDEN', 'No.'))
    expect(await stream.ended).toBe(true)
    expect(stream.events.map(({ event }) => event)).toEqual(['next', 'next', 'complete'])
    expect(stream.codes).toEqual(['FORBIDDEN'])
  })

  test.each([
    ['retryable', new Problem('STORE_UNAVAILABLE', 'Later.'), 'STORE_UNAVAILABLE'],
    ['internal', new Error('secret inside'), 'INTERNAL'],
  ])('ends the stream without completing it with an error that is %s', async (_, error, code) => {
    const server = await startTicks()
    const stream = await openStream(server)
    server.ticks.send()
    await stream.waitForEvents(1)
    server.ticks.end(error)
    expect(await stream.ended).toBe(true)
    expect(stream.events.map(({ event }) => event)).toEqual(['next', 'next'])
    expect(stream.codes).toEqual([code])
    expect(endLines(server)).toMatchObject([{ reason: 'failed', code }])
  })
})
