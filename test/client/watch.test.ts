import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSchema, createYoga, Repeater } from 'graphql-yoga'
import { describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'
import { ConferenceEventsDocument, createClient, ParleyError } from '../../src/client/index.ts'
import type { ConferenceEventsSubscription } from '../../src/client/index.ts'
import { watchMessages, type WatchRequest } from '../../src/client/watch.ts'
import { createRejection } from '../cli/scripted-server.ts'
import '../support/patience.ts'
import {
  completeText,
  createMessage,
  formatNext,
  reject,
  send,
  sendAndCut,
  sendAndEnd,
  startStreamServer,
  type Responder,
} from '../support/stream-server.ts'

interface Message {
  cursor: string
}

/** Watches a scripted server, with a clock that does not advance. Collects the pauses, and the codes of errors. */
async function watch(responses: Responder[], options: Partial<WatchRequest<unknown>> = {}) {
  const { url, received } = await startStreamServer(...responses)
  const pauses: number[] = []
  const errors: string[] = []
  const messages = watchMessages<Message>({
    server: { url },
    query: 'subscription Events($after: String) { conferenceEvents(after: $after) { cursor } }',
    variables: {},
    pick: ({ conferenceEvents }: { conferenceEvents: Message }) => conferenceEvents,
    fetch,
    random: () => 0,
    now: () => Date.parse('2026-12-01T00:00:00Z'),
    sleep: async (ms) => void pauses.push(ms),
    onError: ({ code }) => void errors.push(code),
    ...(options as object),
  })
  onTestFinished(async () => void (await messages.return()))
  const cursors: string[] = []
  const take = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const { done, value } = await messages.next()
      if (done) break
      cursors.push(value.cursor)
    }
    return cursors
  }
  return {
    received,
    pauses,
    errors,
    messages,
    cursors,
    take,
    afters: () => received.map(({ variables }) => variables['after']),
  }
}

const endless = 1_000

describe('iteration', () => {
  test('returns messages that arrive in parts of a character, an event, and a line end', async () => {
    const bytes = Buffer.from(
      `: open\r\n\r\n${formatNext(createMessage('Überprüfung 🚀'), createMessage('b')).replaceAll('\n', '\r\n')}`,
    )
    const { take, received } = await watch([
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.socket!.setNoDelay(true)
        const write = (index: number): void => {
          if (index < bytes.length)
            response.write(bytes.subarray(index, index + 1), () => setImmediate(() => write(index + 1)))
        }
        write(0)
      },
    ])
    expect(await take(2)).toEqual(['Überprüfung 🚀', 'b'])
    expect(received).toMatchObject([{ headers: { accept: 'text/event-stream', 'content-type': 'application/json' } }])
  })

  test('ends after complete without another request', async () => {
    const { take, received, pauses } = await watch([sendAndEnd(formatNext(createMessage('a')) + completeText)])
    expect(await take(endless)).toEqual(['a'])
    expect({ received: received.length, pauses }).toEqual({ received: 1, pauses: [] })
  })

  test('leaves out results for which pick returns null, and continues after them', async () => {
    const text = formatNext(createMessage('a'), createMessage('b', { type: 'STARTED' }), createMessage('c'))
    const pick = ({ conferenceEvents }: { conferenceEvents: { event: unknown } }) => conferenceEvents.event
    const { messages, afters } = await watch([sendAndCut(text), send('')], { pick })
    expect(await messages.next()).toEqual({ done: false, value: { type: 'STARTED' } })
    void messages.next()
    await vi.waitFor(() => expect(afters()).toEqual([undefined, 'c']))
  })

  test('throws if the document does not select the cursor', async () => {
    const { take } = await watch([send(formatNext({ data: { conferenceEvents: { event: null } } }))])
    await expect(take(1)).rejects.toThrow('cursor')
  })

  test('rejects an event that is too long without another request', async () => {
    const { take, received } = await watch([
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(`event: next\ndata: ${'x'.repeat(17 * 1024 * 1024)}`)
      },
    ])
    await expect(take(1)).rejects.toMatchObject({ code: 'UNREACHABLE', retryable: false })
    expect(received).toHaveLength(1)
  })
})

describe('reconnection', () => {
  test('continues after the last message when the connection is cut, in whatever way', async () => {
    const { take, afters, pauses, errors } = await watch(
      [
        sendAndEnd(formatNext(createMessage('a'))),
        sendAndCut(formatNext(createMessage('b'))),
        sendAndEnd(formatNext(createMessage('c'), createRejection('SHUTTING_DOWN', { retryable: true }))),
        send(formatNext(createMessage('d'))),
      ],
      { variables: { after: 'start' } },
    )
    expect(await take(4)).toEqual(['a', 'b', 'c', 'd'])
    expect(afters()).toEqual(['start', 'a', 'b', 'c'])
    expect(pauses).toEqual([1_000, 1_000, 1_000])
    expect(errors).toEqual(['UNREACHABLE', 'UNREACHABLE', 'SHUTTING_DOWN'])
  })

  test('doubles the pause up to 30 s, and begins again after a message', async () => {
    const busy = reject(503, createRejection('OVERLOADED', { retryable: true }))
    const { take, pauses } = await watch([
      ...Array.from({ length: 7 }, () => busy),
      sendAndEnd(formatNext(createMessage('a'))),
      busy,
      send(formatNext(createMessage('b'))),
    ])
    expect(await take(2)).toEqual(['a', 'b'])
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 1_000, 2_000])
  })

  test('shortens a pause by up to a half', async () => {
    const { take, pauses } = await watch([reject(502, 'bad gateway'), send(formatNext(createMessage('a')))], {
      random: () => 0.5,
    })
    await take(1)
    expect(pauses).toEqual([750])
  })

  test('waits until the time in retryAt or retry-after, whichever response has it', async () => {
    const { take, pauses } = await watch([
      reject(503, 'draining', { 'retry-after': 'Tue, 01 Dec 2026 00:00:07 GMT' }),
      reject(429, createRejection('TOO_MANY_SUBSCRIPTIONS', { retryable: true }), {
        'retry-after': 'Tue, 01 Dec 2026 00:01:00 GMT',
      }),
      reject(503, createRejection('OVERLOADED', { retryable: true, retryAt: '2026-12-01T00:00:40Z' })),
      reject(503, 'draining', { 'retry-after': 'soon' }),
      reject(503, 'draining', { 'retry-after': 'Fri, 01 Dec 2126 00:00:00 GMT' }),
      send(formatNext(createMessage('a'))),
    ])
    await take(1)
    expect(pauses).toEqual([7_000, 60_000, 40_000, 8_000, 2 ** 31 - 1])
  })

  test('reads the number of seconds in retry-after', async () => {
    const { take, pauses } = await watch(
      [reject(429, 'slow down', { 'retry-after': '90' }), send(formatNext(createMessage('a')))],
      { now: Date.now },
    )
    await take(1)
    expect(pauses[0]).toBeGreaterThan(89_000)
    expect(pauses[0]).toBeLessThanOrEqual(90_000)
  })

  test('connects again to a server that cannot be reached', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    let attempts = 0
    const server = { url: `http://127.0.0.1:${port}/graphql` }
    const sleep = async (): Promise<void> => {
      attempts += 1
      if (attempts === 3) throw new Error('enough')
    }
    const { take, errors } = await watch([], { server, sleep })
    await expect(take(1)).rejects.toThrow('enough')
    expect(errors).toEqual(['UNREACHABLE', 'UNREACHABLE', 'UNREACHABLE'])
  })

  test('connects again if nothing arrives for 60 s', async () => {
    const { take, afters, errors } = await watch([
      send(formatNext(createMessage('a'))),
      send(''),
      send(formatNext(createMessage('b'))),
    ])
    await take(1)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const waiting = take(1)
    for (const count of [1, 2]) {
      await vi.advanceTimersByTimeAsync(59_999)
      expect(errors).toHaveLength(count - 1)
      await vi.advanceTimersByTimeAsync(1)
      while (afters().length === count) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await waiting).toEqual(['a', 'b'])
    expect({ afters: afters(), errors }).toEqual({
      afters: [undefined, 'a', 'a'],
      errors: ['UNREACHABLE', 'UNREACHABLE'],
    })
  })

  test('does not retry a URL or an API key that is malformed', () => {
    const request = { query: '', variables: {}, pick: () => null, fetch }
    expect(() => watchMessages({ ...request, server: { url: '//' } })).toThrow(TypeError)
    expect(() => watchMessages({ ...request, server: { url: 'http://127.0.0.1/', key: 'a\nb' } })).toThrow(TypeError)
  })
})

describe('errors', () => {
  test.each([
    ['a rejection with a status', reject(401, createRejection('UNAUTHENTICATED')), 'UNAUTHENTICATED'],
    ['a rejection in the stream', sendAndEnd(formatNext(createRejection('FORBIDDEN')) + completeText), 'FORBIDDEN'],
    ['the end of a JWT', sendAndEnd(formatNext(createRejection('UNAUTHENTICATED'))), 'UNAUTHENTICATED'],
    ['a page of a proxy', reject(404, '<h1>Not found</h1>'), 'UNREACHABLE'],
    ['a response that is not a stream', reject(200, createMessage('a')), 'UNREACHABLE'],
  ])('throws after %s', async (_, result, code) => {
    const { take, received, pauses } = await watch([result])
    const error: unknown = await take(1).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ParleyError)
    expect(error).toMatchObject({ code, retryable: false, outcomeUnknown: false })
    expect({ received: received.length, pauses }).toEqual({ received: 1, pauses: [] })
  })

  test('sends a subscription again that was completed with a retryable error', async () => {
    const later = sendAndEnd(formatNext(createRejection('STORE_UNAVAILABLE', { retryable: true })) + completeText)
    const { take, errors } = await watch([later, send(formatNext(createMessage('a')))])
    expect(await take(1)).toEqual(['a'])
    expect(errors).toEqual(['STORE_UNAVAILABLE'])
  })

  test('continues after an error of one message', async () => {
    const partial = { ...createMessage('a'), ...createRejection('VENDOR_TIMEOUT') }
    const lost = { data: null, ...createRejection('INTERNAL') }
    const { take, errors, received } = await watch([send(formatNext(partial, lost, createMessage('b')))])
    expect(await take(2)).toEqual(['a', 'b'])
    expect({ errors, received: received.length }).toEqual({ errors: ['VENDOR_TIMEOUT', 'INTERNAL'], received: 1 })
  })

  test('connects again if an event cannot be read', async () => {
    const { take, errors } = await watch([send('event: next\ndata: {\n\n'), send(formatNext(createMessage('a')))])
    expect(await take(1)).toEqual(['a'])
    expect(errors).toEqual(['UNREACHABLE'])
  })
})

describe('end', () => {
  const open = send(formatNext(createMessage('a')))

  test('closes the connection at once when the reader leaves, also while it waits', async () => {
    const { messages, received } = await watch([open])
    await messages.next()
    const waiting = messages.next()
    expect(await messages.return()).toEqual({ done: true, value: undefined })
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(await messages.next()).toEqual({ done: true, value: undefined })
    await vi.waitFor(() => expect(received).toMatchObject([{ isClosed: true }]))
  })

  test('closes the connection when the loop is left', async () => {
    const { messages, received } = await watch([open])
    for await (const message of messages) {
      expect(message).toMatchObject({ cursor: 'a' })
      break
    }
    await vi.waitFor(() => expect(received).toMatchObject([{ isClosed: true }]))
  })

  test('closes the connection and throws the reason when the signal aborts', async () => {
    const controller = new AbortController()
    const { messages, received } = await watch([open], { signal: controller.signal })
    await messages.next()
    const waiting = messages.next()
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await vi.waitFor(() => expect(received).toMatchObject([{ isClosed: true }]))
    expect(received).toHaveLength(1)
  })

  test('ends a pause when the reader leaves, and when the signal aborts', async () => {
    const busy = reject(503, 'draining', { 'retry-after': '3600' })
    const controller = new AbortController()
    const options = { sleep: undefined, now: Date.now, signal: controller.signal } as object
    const left = await watch([busy], options)
    const first = left.messages.next()
    await vi.waitFor(() => expect(left.errors).toHaveLength(1))
    await left.messages.return()
    expect(await first).toEqual({ done: true, value: undefined })
    const aborted = await watch([busy], options)
    const second = aborted.messages.next()
    await vi.waitFor(() => expect(aborted.errors).toHaveLength(1))
    controller.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
  })

  test('sends nothing if the signal has aborted before', async () => {
    const { take, received } = await watch([open], { signal: AbortSignal.abort(new Error('before')) })
    await expect(take(1)).rejects.toThrow('before')
    expect(received).toEqual([])
  })
})

describe('createClient', () => {
  test('watches with the types of the document, the API key, and the given fetch', async () => {
    const { url, received } = await startStreamServer(send(formatNext(createMessage('a'))))
    const requested: string[] = []
    const client = createClient({
      url,
      key: 'secret',
      fetch: (input, init) => {
        requested.push(String(input))
        return fetch(input, init)
      },
    })
    const messages = client.watch(ConferenceEventsDocument, { filter: { types: ['STARTED'] } }, (data) => {
      return data.conferenceEvents
    })
    for await (const message of messages) {
      expectTypeOf(message).toEqualTypeOf<ConferenceEventsSubscription['conferenceEvents']>()
      expect(message.cursor).toBe('a')
      break
    }
    expect(requested).toEqual([url])
    expect(received).toMatchObject([
      { headers: { authorization: 'Bearer secret' }, variables: { filter: { types: ['STARTED'] } } },
    ])
  })

  test('reads the streams of another server', async () => {
    const typeDefs = `
      type Query { ready: Boolean }
      type Message { cursor: String! }
      type Subscription { conferenceEvents(after: String): Message! }`
    const subscribe = (_: unknown, { after }: { after?: string }) =>
      new Repeater<Message>(async (push) => {
        await push({ cursor: `${after ?? ''}1` })
        await push({ cursor: `${after ?? ''}2` })
      })
    const resolvers = { Subscription: { conferenceEvents: { subscribe, resolve: (message: Message) => message } } }
    const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false })
    const server = createServer((request, response) => void yoga(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.close()
      server.closeAllConnections()
    })
    const { port } = server.address() as AddressInfo
    const { take } = await watch([], { server: { url: `http://127.0.0.1:${port}/graphql` }, variables: { after: 'c' } })
    expect(await take(2)).toEqual(['c1', 'c2'])
  })
})
